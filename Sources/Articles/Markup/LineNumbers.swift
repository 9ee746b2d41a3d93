/// Where each line of a file begins: LF, CR and CR LF end one.
struct LineNumbers {
    /// Ascending; of a text, the first is 0.
    private var starts = [0]

    init(_ bytes: [UInt8]) {
        for index in bytes.indices where bytes[index] == 0x0A || bytes[index] == 0x0D {
            if bytes[index] == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
            starts.append(index + 1)
        }
    }

    /// - Parameter starts: where each line begins, ascending.
    init(starts: [Int]) { self.starts = starts }

    /// The number of the line that holds the byte at `offset`, from 1. O(log of the lines).
    func line(of offset: Int) -> Int {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        return max(1, low)
    }
}
