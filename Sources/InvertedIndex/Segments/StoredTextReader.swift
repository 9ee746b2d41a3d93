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
    private var frame = -1
    private var paragraphs: [(text: Range<Int>, source: SourceRange, kind: ParagraphKind)] = []
    private var content: [UInt8] = []

    public init(_ file: StoredText) { self.file = file }

    /// The paragraph with ordinal `ordinal`. Opens one frame unless it is open.
    public func paragraph(_ ordinal: Int) throws(FormatError) -> StoredParagraph {
        let (number, first) = try file.frame(of: ordinal)
        if number != frame {
            frame = -1
            content = try file.expand(number)
            try parse(count: try file.first(number + 1) - first, number)
            frame = number
        }
        let (text, source, kind) = paragraphs[ordinal - first]
        return StoredParagraph(text: Array(content[text]), source: source, kind: kind)
    }

    private func parse(count: Int, _ number: Int) throws(FormatError) {
        paragraphs.removeAll(keepingCapacity: true)
        var cursor = ByteCursor(ByteView(content, file: "\(file.body.file) (frame \(number), expanded)"))
        var start = 0
        var end = 0
        var line = 0
        for _ in 0..<count {
            let length = try cursor.varint(atMost: content.count)
            let sourceStart = end &+ StoredTextFormat.unzigzag(try cursor.varint())
            let sourceLength = try cursor.varint(atMost: 1 << 60)
            line &+= StoredTextFormat.unzigzag(try cursor.varint())
            let kind = ParagraphKind(rawValue: try cursor.integer())
            guard let kind, sourceStart >= 0, sourceStart < 1 << 60, line >= 0, length <= content.count - start
            else {
                throw cursor.error(.valueOutOfRange)
            }
            end = sourceStart + sourceLength
            paragraphs.append((start..<start + length, SourceRange(bytes: sourceStart..<end, line: line), kind))
            start += length
        }
        guard cursor.position + start == content.count else { throw cursor.error(.countMismatch) }
        for index in paragraphs.indices {
            let text = paragraphs[index].text
            paragraphs[index].text = cursor.position + text.lowerBound..<cursor.position + text.upperBound
        }
    }
}
