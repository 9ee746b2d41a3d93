internal import InvertedIndex
public import Model
internal import Search
internal import Storage
internal import Tokenizer

/// Answers queries from an index, as the last commit before its opening left it.
///
/// ```swift
/// let searcher = try Searcher(index: "Index")
/// let (hits, summary) = try searcher.search(SearchRequest("字节跳动", limit: 3))
/// ```
/// One searcher serves one thread, since it reuses its buffers; open as many as there are threads, actors or tasks. They share
/// the mapped files.
public final class Searcher {
    /// A ranked answer whose hits have not been read yet.
    public struct Answer {
        fileprivate let ranked: ArrangedAnswer
        public var summary: SearchSummary { ranked.answer.summary }

        /// The places of the hits of some articles, where hits are grouped (``ResultOptions/perArticle``).
        ///
        /// - Parameter articles: from 0, in order; those that there are not have no hits.
        public func places(ofArticles articles: Range<Int>) -> Range<Int> {
            ranked.places(ofGroups: articles.lowerBound + 1..<articles.upperBound + 1)
        }
    }

    /// How much of a hit to read.
    public enum Detail: Sendable {
        /// Article, number and score.
        case reference
        /// Text and highlights too.
        case text
        /// And how much had to be folded.
        case full
    }

    let engine: QueryEngine

    /// Opens an index. A few file headers are read, whatever the size of the text.
    ///
    /// - Throws: when there is no index, it was made by another analyzer, or it is damaged.
    public convenience init(index: Path) throws { try self.init(indexes: [index]) }

    /// Opens several indexes, to be searched as one that holds what they hold: hits are found in all of them, and how rare a
    /// term is, how long a paragraph is on average, and so each score, is by all of them together. An article that two of them
    /// hold is two articles.
    ///
    /// - Parameter indexes: one at least, each once.
    /// - Throws: as for one; the error names the index.
    public init(indexes: [Path]) throws {
        var snapshots: [IndexSnapshot] = []
        for index in indexes {
            let storage = try PosixStorage(directory: index.bytes, create: false)
            snapshots.append(try IndexSnapshot(storage, analyzer: Analyzer.fingerprint))
        }
        engine = try QueryEngine(IndexView(snapshots), analyzer: try Analyzer())
    }

    /// Files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadFiles: Int { engine.snapshot.unreadSources }

    /// Finds, counts and ranks, and reads no text that matching, and folding near-duplicates, do not need.
    ///
    /// - Throws: ``QueryError`` when the query does not parse; others when the index is damaged. No hits are not
    ///   an error.
    public func rank(_ request: SearchRequest) throws -> Answer {
        do {
            return Answer(ranked: try engine.arrange(request))
        } catch .query(let error) {
            throw error
        }
    }

    /// Reads the hits of an answer, in order.
    ///
    /// - Parameter places: which of them, from 0; nil for all. Many hits are read best a part at a time, since each
    ///   holds its text.
    public func hits(_ answer: Answer, _ places: Range<Int>? = nil, detail: Detail = .full) throws -> [Hit] {
        try engine.hits(answer.ranked, places, detail: detail.ofSearch)
    }

    /// Queries like one that has no literal hits, each with some, the best first; three at most.
    public func suggestions(_ request: SearchRequest) throws -> [String] { try engine.suggestions(request) }

    /// Ranks, and reads the hits.
    public func search(_ request: SearchRequest) throws -> (hits: [Hit], summary: SearchSummary) {
        let answer = try rank(request)
        return (try hits(answer), answer.summary)
    }
}

extension Searcher.Detail {
    fileprivate var ofSearch: HitDetail {
        switch self {
        case .reference: .reference
        case .text: .text
        case .full: .full
        }
    }
}
