internal import Bytes
internal import InvertedIndex

/// Tells which paragraphs of a segment may be hits of a query, whatever they hold.
struct HitFilter {
    let live: LiveFilter

    /// Whether any paragraph of an article may be one.
    func accepts(_ article: Int, _ paragraphs: Range<Int>) throws(FormatError) -> Bool {
        !paragraphs.isEmpty && live.contains(paragraphs.lowerBound)
    }

    /// Whether a paragraph of an accepted article may be one.
    func accepts(_ ordinal: Int) -> Bool { true }
}
