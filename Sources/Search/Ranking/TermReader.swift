internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term, article by article, ascending.
final class TermReader {
    /// Occurrences in one paragraph.
    struct Posting {
        /// From 0 in the article.
        var paragraph: Int
        var frequency: Float
    }

    let weight: Float
    private let body: PostingsCursor?
    private let title: PostingsCursor?
    private let healed: PostingsCursor?

    init(_ term: RankedTerm, segment: Int, of reader: SegmentReader) throws(FormatError) {
        weight = term.weight
        body = try term.bodies[segment].map { (entry) throws(FormatError) in
            try reader.cursor(entry, field: .body)
        }
        title = try term.titles[segment].map { (entry) throws(FormatError) in
            try reader.cursor(entry, field: .title)
        }
        healed = try term.healed[segment].map { (entry) throws(FormatError) in
            try reader.cursor(entry, field: .healed)
        }
    }

    /// Appends the term's postings in an article, ascending.
    ///
    /// A paragraph counts by the reading that holds the term more often, never by both.
    /// - Parameter paragraphs: ordinals, not before those of the call before.
    /// - Returns: how often the title holds the term.
    func read(_ article: Int, _ paragraphs: Range<Int>, into postings: inout [Posting]) throws(FormatError) -> Float
    {
        let (first, end) = (UInt32(paragraphs.lowerBound), UInt32(paragraphs.upperBound))
        let start = postings.count
        if let body {
            var document = try body.seek(first)
            while document < end {
                postings.append(Posting(paragraph: Int(document - first), frequency: Float(body.frequency)))
                document = try body.next()
            }
        }
        if let healed {
            var document = try healed.seek(first)
            var plain = start
            while document < end {
                let posting = Posting(paragraph: Int(document - first), frequency: Float(healed.frequency))
                while plain < postings.count, postings[plain].paragraph < posting.paragraph { plain += 1 }
                if plain < postings.count, postings[plain].paragraph == posting.paragraph {
                    postings[plain].frequency = max(postings[plain].frequency, posting.frequency)
                } else {
                    postings.insert(posting, at: plain)
                }
                document = try healed.next()
            }
        }
        guard let title, try title.seek(UInt32(article)) == UInt32(article) else { return 0 }
        return Float(title.frequency)
    }
}
