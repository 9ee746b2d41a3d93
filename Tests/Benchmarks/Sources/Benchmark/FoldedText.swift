internal import Tokenizer

/// The folded texts of all paragraphs, one after the other.
struct FoldedText {
    private(set) var units: [UInt16] = []
    private(set) var ranges: [Range<Int>] = []

    init(_ paragraphs: Paragraphs) throws {
        let analyzer = try Analyzer()
        var analysis = Analysis()
        for range in paragraphs.ranges {
            try unsafe paragraphs.bytes.withUnsafeBufferPointer {
                try unsafe analyzer.analyze(UnsafeBufferPointer(rebasing: $0[range]), into: &analysis, words: false)
            }
            let start = units.count
            units += analysis.folded
            ranges.append(start..<units.count)
        }
    }

    func forEach(_ body: (UnsafeBufferPointer<UInt16>) throws -> Void) rethrows {
        try unsafe units.withUnsafeBufferPointer { units in
            for range in ranges { try unsafe body(UnsafeBufferPointer(rebasing: units[range])) }
        }
    }
}
