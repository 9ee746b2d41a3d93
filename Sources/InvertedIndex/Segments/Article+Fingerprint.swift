internal import Bytes
public import Model

extension Article {
    /// A hash of everything that an index keeps of the article but its place: two articles of one file with the same
    /// fingerprint are indexed alike, wherever in the file they stand.
    ///
    /// The id counts unless it is the file's, since that one follows the file. Ranges and lines of paragraphs count
    /// from those of the first (``origin``). O(bytes of text).
    public var fingerprint: UInt64 {
        var hash = ContentHash()
        var facts = ByteWriter()
        facts.append(isFile ? 1 : 0)
        facts.prefixed(isFile ? [] : id)
        facts.prefixed(title)
        facts.prefixed(date)
        let origin = origin
        for paragraph in paragraphs {
            facts.varint(paragraph.text.count)
            facts.varint(Zigzag.encode(paragraph.source.bytes.lowerBound - origin.byte))
            facts.varint(paragraph.source.bytes.count)
            facts.varint(Zigzag.encode(paragraph.source.line - origin.line))
            // A page or chapter is told by a bit that no kind has, so that all else means what it meant without.
            facts.append(paragraph.kind.rawValue | (paragraph.source.part == nil ? 0 : 0x80))
            if let part = paragraph.source.part { facts.varint(Int(PlaceColumns.code(part))) }
        }
        unsafe hash.update(facts.bytes.span.bytes)
        for paragraph in paragraphs { unsafe hash.update(text.span.extracting(paragraph.text).bytes) }
        return hash.value
    }
}
