/// Tells which paragraphs of a segment may be hits of a query, whatever they hold.
struct HitFilter {
    let live: LiveFilter
    let gate: ParagraphGate?
    let segment: Int

    /// Whether any paragraph of an article may be one.
    func accepts(_ article: Int, _ paragraphs: Range<Int>) throws(SearchError) -> Bool {
        guard !paragraphs.isEmpty, live.contains(paragraphs.lowerBound) else { return false }
        return try gate?.admits(article: article, segment: segment) ?? true
    }

    /// Whether a paragraph of an accepted article may be one.
    func accepts(_ ordinal: Int) throws(SearchError) -> Bool {
        guard let gate else { return true }
        return try !gate.leavesOut(ordinal, segment: segment)
    }
}
