/// Where the bytes of a decoded text stood in the file it was decoded from.
struct PositionMap {
    private struct Run {
        var decoded: Int
        var raw: Range<Int>
        /// Whether decoded and raw bytes are the same; else the raw ones are an escape for the decoded ones.
        var isVerbatim: Bool
    }

    private var runs: [Run]
    /// Bytes of decoded text so far.
    private(set) var count = 0

    /// The map of a text that has not been decoded yet.
    init() { runs = [] }

    /// The map of a text that is the file, from byte `offset` on.
    init(from offset: Int, count: Int) {
        runs = [Run(decoded: 0, raw: offset..<offset + count, isVerbatim: true)]
        self.count = count
    }

    /// Adds `count` decoded bytes, which `raw` became.
    mutating func append(_ count: Int, from raw: Range<Int>) {
        defer { self.count += count }
        let isVerbatim = count == raw.count
        if isVerbatim, let last = runs.last, last.isVerbatim, last.raw.upperBound == raw.lowerBound {
            runs[runs.count - 1].raw = last.raw.lowerBound..<raw.upperBound
        } else if count > 0 {
            runs.append(Run(decoded: self.count, raw: raw, isVerbatim: isVerbatim))
        }
    }

    /// The raw bytes that became the decoded bytes `range`. O(log of the runs).
    func raw(_ range: Range<Int>) -> Range<Int> {
        guard !runs.isEmpty else { return 0..<0 }
        let first = run(holding: range.lowerBound)
        let start =
            first.isVerbatim ? first.raw.lowerBound + range.lowerBound - first.decoded : first.raw.lowerBound
        guard !range.isEmpty else { return min(start, first.raw.upperBound)..<min(start, first.raw.upperBound) }
        let last = run(holding: range.upperBound - 1)
        let end = last.isVerbatim ? last.raw.lowerBound + range.upperBound - last.decoded : last.raw.upperBound
        return start..<max(start, end)
    }

    private func run(holding index: Int) -> Run {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].decoded <= index { low = middle + 1 } else { high = middle }
        }
        return runs[max(0, low - 1)]
    }
}
