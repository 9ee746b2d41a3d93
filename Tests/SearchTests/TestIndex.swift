import InvertedIndex
import Model
import Storage
import Tokenizer

@testable import Search

/// An article of a test, as plain as can be.
struct TextArticle {
    var id: String
    var title = ""
    var paragraphs: [String]
    /// Deleted articles have a source of their own.
    var source: UInt32 = 1
}

/// An index in memory, made of real analysis, and the articles it was made of.
final class TestIndex {
    let storage = MemoryStorage()
    let analyzer: Analyzer
    /// Every article ever added, deleted ones too.
    let articles: [TextArticle]
    let deleted: Set<UInt32>
    /// Those whose segment still has a live one: what ranking counts.
    let counted: [TextArticle]

    /// - Parameters:
    ///   - segments: the articles of each; every two segments are a commit.
    ///   - deleted: sources taken out at the end.
    init(_ segments: [[TextArticle]], deleted: Set<UInt32> = []) throws {
        articles = Array(segments.joined())
        self.deleted = deleted
        let alive = segments.filter { segment in segment.contains { !deleted.contains($0.source) } }
        counted = Array(alive.joined())
        analyzer = try Analyzer()
        let writer = try IndexWriter(storage, analyzer: Analyzer.fingerprint)
        for (number, segment) in segments.enumerated() {
            let builder = try writer.makeSegmentBuilder(memoryBudget: 1 << 20)
            for article in segment { try add(article, to: builder) }
            try writer.finish([builder])
            if number % 2 == 1 { try writer.commit() }
        }
        try writer.remove(sources: deleted)
        try writer.commit()
    }

    /// The index as its last commit left it.
    func opened() throws -> IndexSnapshot { try IndexSnapshot(storage, analyzer: Analyzer.fingerprint) }

    convenience init(_ articles: [TextArticle]) throws { try self.init([articles]) }

    private static func terms(of analysis: Analysis) -> TermBlock {
        var block = TermBlock()
        Analyzer.terms(of: analysis, into: &block)
        return block
    }

    private func add(_ article: TextArticle, to builder: SegmentBuilder) throws {
        let model = Article(id: Array(article.id.utf8), title: Array(article.title.utf8))
        let title = Self.terms(of: try analyzer.analyze(article.title.utf8))
        builder.beginArticle(model, source: article.source, titleTerms: title)
        var start = 0
        for (line, text) in article.paragraphs.enumerated() {
            let bytes = Array(text.utf8)
            let range = SourceRange(bytes: start..<start + bytes.count, line: line + 1)
            let plain = try analyzer.analyze(bytes)
            let healed = try analyzer.heal(bytes, plain: plain)
            try builder.addParagraph(
                bytes[...], source: range, terms: Self.terms(of: plain), healedTerms: healed.map(Self.terms))
            start += bytes.count + 1
        }
    }

    func engine() throws -> QueryEngine {
        try QueryEngine(try opened(), analyzer: analyzer)
    }

    /// Hits and summary of a query; all hits unless told otherwise.
    func search(
        _ query: String, _ mode: SearchMode = .exact, limit: Int = 0, isPlain: Bool = false, heals: Bool = true
    ) throws -> (hits: [Hit], summary: SearchSummary) {
        let engine = try engine()
        let answer = try engine.run(SearchRequest(query, mode: mode, limit: limit, isPlain: isPlain, heals: heals))
        return (try engine.hits(answer), answer.summary)
    }

    /// The hits of a query as "id#number", in order.
    func places(_ query: String, _ mode: SearchMode = .exact, limit: Int = 0) throws -> [String] {
        try search(query, mode, limit: limit).hits.map(\.place)
    }

    /// Live articles.
    var live: [TextArticle] { articles.filter { !deleted.contains($0.source) } }
}

extension Hit {
    var place: String { "\(String(decoding: articleID, as: UTF8.self))#\(number)" }
}

extension SearchSummary {
    /// Whether both can be said of one answer: a lower bound is one, and what is exact is the same.
    func agrees(with other: SearchSummary, returned: Int? = nil) -> Bool {
        guard mode == other.mode, self.returned == returned ?? other.returned, hits >= self.returned else {
            return false
        }
        switch (relation, other.relation) {
        case (.equal, .equal): return hits == other.hits
        case (.atLeast, .equal): return hits <= other.hits
        case (.equal, .atLeast): return hits >= other.hits
        case (.atLeast, .atLeast): return true
        }
    }
}
