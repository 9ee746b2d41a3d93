internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term, at articles that ascend from call to call.
final class TermReader {
    /// Where the postings of the plain reading are read.
    private enum Source {
        case memory(PostingsMemory.List)
        case disk(PostingsCursor)
    }

    let weight: Float
    private var plain: Source?
    private let healed: PostingsCursor?
    private let title: PostingsCursor?

    /// - Parameter kept: its postings in paragraphs that are in memory already, those that will be asked for at least.
    init(_ term: RankedTerm, segment: Int, of reader: SegmentReader, kept: PostingsMemory.List? = nil)
        throws(FormatError)
    {
        func cursor(_ entry: TermEntry?, _ field: Field) throws(FormatError) -> PostingsCursor? {
            guard let entry else { return nil }
            return try reader.cursor(entry, field: field)
        }
        weight = term.weight
        if let kept {
            plain = .memory(kept)
        } else {
            plain = try cursor(term.bodies[segment], .body).map { .disk($0) }
        }
        healed = try cursor(term.healed[segment], .healed)
        title = try cursor(term.titles[segment], .title)
    }

    /// Whether a paragraph may have a posting in either of two readings.
    var hasTwoReadings: Bool { plain != nil && healed != nil }

    /// How often the titles of articles hold the term; nil where none of the segment's does.
    func titleFrequencies(_ articles: [UInt32]) throws(FormatError) -> [UInt32]? {
        guard let title else { return nil }
        var frequencies = [UInt32](repeating: 0, count: articles.count)
        try title.raise(&frequencies, toFrequenciesIn: articles)
        return frequencies
    }

    /// Calls `body` with each posting in some ranges of paragraphs: the range's number, the paragraph, and the frequency. Those
    /// of the plain reading come first.
    func forEachPosting(in ranges: [Range<UInt32>], _ body: (Int, UInt32, UInt32) -> Void) throws(FormatError) {
        var none: PostingsMemory.List?
        try forEachPosting(in: ranges, keepingIn: &none, body)
    }

    /// The same.
    ///
    /// - Parameter kept: gets the postings of the plain reading.
    func forEachPosting(
        in ranges: [Range<UInt32>], keepingIn kept: inout PostingsMemory.List?, _ body: (Int, UInt32, UInt32) -> Void
    ) throws(FormatError) {
        switch plain {
        case .memory(var list):
            list.forEachPosting(in: ranges, body)
            plain = .memory(list)
        case .disk(let cursor):
            try cursor.forEachPosting(in: ranges) {
                kept?.append($1, $2)
                body($0, $1, $2)
            }
        case nil: break
        }
        try healed?.forEachPosting(in: ranges, body)
    }
}
