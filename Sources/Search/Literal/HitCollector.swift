internal import Bytes

/// Takes the paragraphs of a segment that match, as they are found.
protocol HitCollector {
    /// Takes a paragraph.
    ///
    /// - Parameters:
    ///   - ordinal: of the paragraph, after that of the one before; of several keywords that are walked one by one, of the
    ///     same keyword.
    ///   - score: by the keywords.
    mutating func add(_ ordinal: Int, _ score: Float) throws(FormatError)

    /// Takes several.
    ///
    /// - Parameter scores: one for each of `ordinals`.
    mutating func add(_ ordinals: UnsafeBufferPointer<UInt32>, _ scores: UnsafePointer<Float>) throws(FormatError)

    /// Counts paragraphs that match without looking at them, where none of them would be kept.
    ///
    /// - Parameters:
    ///   - count: how many there are, after those that were added.
    ///   - range: where they are, and no others that match.
    ///   - score: what none of them exceeds by the keywords.
    /// - Returns: false, and nothing done, where they have to be added one by one.
    mutating func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) throws(FormatError)
        -> Bool
}

extension HitCollector {
    mutating func add(_ ordinals: UnsafeBufferPointer<UInt32>, _ scores: UnsafePointer<Float>) throws(FormatError) {
        for index in ordinals.indices { try unsafe add(Int(ordinals[index]), scores[index]) }
    }
}

/// All of them.
struct ScoredParagraphs: HitCollector {
    struct Element {
        var ordinal: Int
        var score: Float
    }

    private(set) var all: [Element] = []

    mutating func add(_ ordinal: Int, _ score: Float) { all.append(Element(ordinal: ordinal, score: score)) }

    func passesOver(_ count: Int, in range: ClosedRange<Int>, atMost score: Float) -> Bool { false }
}
