public import Bytes
public import Model

/// A paragraph as it was stored.
public struct StoredParagraph: Sendable {
    /// UTF-8.
    public var text: [UInt8]
    public var source: SourceRange
    public var kind: ParagraphKind
}

/// Reads stored paragraphs. Each reader keeps the last frame it opened; one reader serves one thread.
public final class StoredTextReader {
    private let file: StoredText
    private var decoder = FrameDecoder()
    private var frame = TextFrame()
    /// The paragraphs in `frame`.
    private var open = 0..<0

    public init(_ file: StoredText) { self.file = file }

    /// The paragraph with ordinal `ordinal`. Opens one frame unless it is open.
    public func paragraph(_ ordinal: Int) throws(FormatError) -> StoredParagraph {
        if !open.contains(ordinal) {
            let number = try file.frame(of: ordinal)
            let paragraphs = try file.paragraphs(ofFrame: number)
            open = 0..<0
            let bytes = try file.bytes(ofFrame: number)
            let vocabulary = try file.vocabulary?.read()
            guard try decoder.decode(bytes, count: paragraphs.count, vocabulary, into: &frame) else {
                throw .malformed(file: bytes.file, offset: bytes.origin, rule: .undecodableBlock)
            }
            open = paragraphs
        }
        let index = ordinal - open.lowerBound
        let place = frame.places[index]
        return StoredParagraph(text: Array(frame.texts[frame.range(index)]), source: place.source, kind: place.kind)
    }
}
