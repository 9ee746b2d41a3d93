internal import Glibc
internal import ICU
internal import Model
internal import Tokenizer

/// Measures word breaking alone and analysis as indexing does it, over the same text, in turns.
///
/// Times are those of the thread, so that other work on the machine counts less; of several rounds the best counts.
struct AnalysisBenchmark {
    private let paragraphs: Paragraphs
    private static let rounds = 3

    init(_ paragraphs: Paragraphs) { self.paragraphs = paragraphs }

    func run() throws {
        let folded = try FoldedText(paragraphs)
        let reference = try WordBreaker()
        let building = seconds { _ = FastWordBreaker.isAvailable }
        let fast = try FastWordBreaker(patience: 0)
        if !FastWordBreaker.isAvailable { print("the fast breaker is off: its check of itself failed") }
        let slowAnalyzer = try Analyzer()
        let fastAnalyzer = try Analyzer(breaker: .fast, patience: 0)
        var times = [Double](repeating: .infinity, count: 6)
        for _ in 0..<Self.rounds {
            let round = [
                try seconds { try unsafe breakAll(folded) { try unsafe reference.boundaries(of: $0, into: &$1) } },
                try seconds { try unsafe breakAll(folded) { try unsafe fast.boundaries(of: $0, into: &$1) } },
                try seconds { try analyzeAll(slowAnalyzer) },
                try seconds { try analyzeAll(fastAnalyzer) },
                try seconds { try analyzeAll(slowAnalyzer, words: false) },
                try seconds { try analyzeAll(slowAnalyzer, words: false, heal: false, terms: false) },
            ]
            times = zip(times, round).map { min($0, $1) }
        }
        print("\(paragraphs.ranges.count) paragraphs, \(number(paragraphs.megabytes)) MB, best of \(Self.rounds)")
        print("table of the fast breaker, built and checked: \(number(building * 1000)) ms")
        print("                                      s    MB/s   of ICU's breaker")
        let names = [
            "ICU's word breaker", "fast word breaker", "analysis with ICU's", "analysis with the fast",
            "analysis without words", "of that, folding and units",
        ]
        for (name, time) in zip(names, times) { row(name, time, of: times[0]) }
        row("analysis with ICU's, less ICU's", times[2] - times[0], of: times[0])
        row("analysis with fast, less fast", times[3] - times[1], of: times[0])
    }

    private func row(_ name: String, _ time: Double, of whole: Double) {
        let columns = [number(time), number(paragraphs.megabytes / time), number(time / whole)]
        let padded = columns.map { String(repeating: " ", count: max(0, 8 - $0.count)) + $0 }
        print(name + String(repeating: " ", count: max(0, 32 - name.count)) + padded.joined())
    }

    private func breakAll(
        _ folded: FoldedText, _ body: (UnsafeBufferPointer<UInt16>, inout [Int32]) throws -> Void
    ) throws {
        var boundaries: [Int32] = []
        try unsafe folded.forEach { try unsafe body($0, &boundaries) }
    }

    /// Everything that indexing does to a paragraph before its terms go into a segment.
    private func analyzeAll(_ analyzer: Analyzer, words: Bool = true, heal: Bool = true, terms: Bool = true) throws
    {
        var analysis = Analysis()
        var healed = Analysis()
        var block = TermBlock()
        try unsafe paragraphs.bytes.withUnsafeBufferPointer { bytes in
            for range in paragraphs.ranges {
                let text = unsafe UnsafeBufferPointer(rebasing: bytes[range])
                try unsafe analyzer.analyze(text, into: &analysis, words: words)
                if terms { Analyzer.terms(of: analysis, into: &block) }
                if heal, try unsafe analyzer.heal(text, plain: analysis, into: &healed, words: words), terms {
                    Analyzer.terms(of: healed, into: &block)
                }
            }
        }
    }
}
