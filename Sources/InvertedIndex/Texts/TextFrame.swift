internal import Model

/// Paragraphs that are compressed together, expanded.
struct TextFrame: Sendable {
    /// What is kept of a paragraph but its text.
    struct Place: Equatable, Sendable {
        var source: SourceRange
        var kind: ParagraphKind
    }

    /// The texts, one after the other.
    var texts: [UInt8] = []
    /// Where each text ends.
    var ends: [Int] = []
    var places: [Place] = []

    var count: Int { ends.count }

    /// Whether any of the paragraphs has a page or chapter.
    var hasParts: Bool { places.contains { $0.source.part != nil } }

    /// Memory in use, in bytes.
    var memory: Int { texts.count + ends.count * 48 }

    mutating func append(_ text: ArraySlice<UInt8>, _ place: Place) {
        texts.append(contentsOf: text)
        ends.append(texts.count)
        places.append(place)
    }

    /// The bytes of a paragraph in ``texts``.
    func range(_ index: Int) -> Range<Int> { (index == 0 ? 0 : ends[index - 1])..<ends[index] }
}
