internal import ICU

/// Compares the boundaries of the fast breaker with ICU's, paragraph by paragraph.
struct Comparison {
    private let paragraphs: Paragraphs

    init(_ paragraphs: Paragraphs) { self.paragraphs = paragraphs }

    /// Prints how many boundaries were compared, and paragraphs where they differ; gives the number of these.
    func run() throws -> Int {
        let reference = try WordBreaker()
        let fast = try FastWordBreaker(patience: 0)
        if !FastWordBreaker.isAvailable { print("the fast breaker is off: its check of itself failed") }
        var found: [Int32] = []
        var expected: [Int32] = []
        var compared = 0
        var disagreements = 0
        try unsafe FoldedText(paragraphs).forEach { text in
            try unsafe fast.boundaries(of: text, into: &found)
            try unsafe reference.boundaries(of: text, into: &expected)
            compared += expected.count
            guard found != expected else { return }
            disagreements += 1
            if disagreements <= 20 { unsafe print("differs: \(String(decoding: text, as: UTF16.self))") }
        }
        print("\(paragraphs.ranges.count) paragraphs, \(compared) boundaries, \(disagreements) paragraphs differ")
        return disagreements
    }
}
