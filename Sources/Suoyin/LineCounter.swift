/// Counts line ends in a text: LF, CR, or both together.
struct LineCounter {
    private let text: [UInt8]
    private var place = 0
    private var count = 0

    init(_ text: [UInt8]) { self.text = text }

    /// Line ends before a place. Goes on from the place asked for last, or from the beginning for an earlier one.
    mutating func ends(before end: Int) -> Int {
        if end < place { (place, count) = (0, 0) }
        while place < end {
            let isFirstOfTwo = text[place] == 0x0D && place + 1 < text.count && text[place + 1] == 0x0A
            if text[place] == 0x0A || text[place] == 0x0D, !isFirstOfTwo { count += 1 }
            place += 1
        }
        return count
    }
}
