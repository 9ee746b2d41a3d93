internal import Bytes
internal import InvertedIndex
internal import Model

/// Reads what one segment says of a term, at articles that ascend from call to call.
final class TermReader {
    /// Postings of a term that are in memory: by the two readings of paragraphs, and by titles.
    struct Kept {
        var plain: PostingsMemory.List?
        var healed: PostingsMemory.List?
        var title: PostingsMemory.List?
    }

    /// Where the postings of a field are.
    private enum Source {
        case memory(PostingsMemory.List)
        case disk(PostingsCursor)
    }

    let weight: Float
    private var plain: Source?
    private var healed: Source?
    private var title: Source?

    /// - Parameters:
    ///   - kept: its postings that are in memory already, those that will be asked for at least.
    ///   - bigram: for a pair, what is in memory of its bigram.
    init(_ term: RankedTerm, segment: Int, of reader: SegmentReader, kept: Kept? = nil, bigram: Kept? = nil)
        throws(FormatError)
    {
        func source(
            _ entry: TermEntry?, _ field: Field, _ kept: PostingsMemory.List?, _ bigram: PostingsMemory.List?
        ) throws(FormatError) -> Source? {
            guard let entry else { return nil }
            if let kept { return .memory(kept) }
            return .disk(try reader.cursor(entry, field: field, of: bigram))
        }
        weight = term.weight
        plain = try source(term.bodies[segment], .body, kept?.plain, bigram?.plain)
        healed = try source(term.healed[segment], .healed, kept?.healed, bigram?.healed)
        title = try source(term.titles[segment], .title, kept?.title, bigram?.title)
    }

    /// Whether a paragraph may have a posting in either of two readings.
    var hasTwoReadings: Bool { plain != nil && healed != nil }

    /// How often the titles of articles hold the term; nil where none of the segment's does.
    func titleFrequencies(_ articles: [UInt32]) throws(FormatError) -> [UInt32]? {
        guard title != nil else { return nil }
        var frequencies = [UInt32](repeating: 0, count: articles.count)
        switch title {
        case .memory(var list):
            list.raise(&frequencies, toFrequenciesIn: articles)
            title = .memory(list)
        case .disk(let cursor): try cursor.raise(&frequencies, toFrequenciesIn: articles)
        case nil: break
        }
        return frequencies
    }

    /// Calls `body` with each posting in some ranges of paragraphs: the range's number, the paragraph, and the frequency. Those
    /// of the plain reading come first.
    func forEachPosting(in ranges: [Range<UInt32>], _ body: (Int, UInt32, UInt32) -> Void) throws(FormatError) {
        try Self.forEachPosting(of: &plain, in: ranges, body)
        try Self.forEachPosting(of: &healed, in: ranges, body)
    }

    /// The same, the first time.
    ///
    /// - Parameters:
    ///   - memory: keeps the postings.
    ///   - most: how many there may be of a reading.
    /// - Returns: where they are kept.
    func forEachPosting(
        in ranges: [Range<UInt32>], keepingIn memory: PostingsMemory, most: Int,
        _ body: (Int, UInt32, UInt32) -> Void
    ) throws(FormatError) -> Kept {
        func read(_ source: inout Source?) throws(FormatError) -> PostingsMemory.List? {
            guard source != nil else { return nil }
            var list = memory.begin(most)
            try Self.forEachPosting(of: &source, in: ranges) {
                list?.append($1, $2)
                body($0, $1, $2)
            }
            return list
        }
        return Kept(plain: try read(&plain), healed: try read(&healed))
    }

    private static func forEachPosting(
        of source: inout Source?, in ranges: [Range<UInt32>], _ body: (Int, UInt32, UInt32) -> Void
    ) throws(FormatError) {
        switch source {
        case .memory(var list):
            list.forEachPosting(in: ranges, body)
            source = .memory(list)
        case .disk(let cursor): try cursor.forEachPosting(in: ranges, body)
        case nil: break
        }
    }
}
