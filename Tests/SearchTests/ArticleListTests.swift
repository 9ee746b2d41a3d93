import Model
import TestSupport
import Testing

@testable import Search

@Suite("lists of articles")
struct ArticleListTests {
    /// Articles of three segments, some of them deleted, some ids given twice.
    private static func index(_ seed: Seed) throws -> TestIndex {
        var random = seed.generator()
        var source: UInt32 = 0
        let segments = (0..<3).map { _ in
            (0..<random.below(40)).map { _ in
                source += 1
                let texts = (0..<random.below(4)).map { "第\($0)段\(random.below(100))" }
                return TextArticle(
                    id: random.pick(["a", "甲", "b/", "é"]) + "\(random.below(30))",
                    title: random.pick(["", "清华", "大学"]),
                    paragraphs: texts, source: source)
            }
        }
        let deleted = Set((1...max(1, source)).filter { _ in random.once(in: 5) })
        return try TestIndex(segments, deleted: source == 0 ? [] : deleted)
    }

    private static func order(_ articles: [TextArticle]) -> [TextArticle] {
        articles.sorted {
            ArticlePlace(id: Array($0.id.utf8), source: $0.source)
                < ArticlePlace(id: Array($1.id.utf8), source: $1.source)
        }
    }

    @Test("every live article comes once, by its id, whatever the size of a page", arguments: Seed.first(20))
    func pages(seed: Seed) throws {
        let index = try Self.index(seed)
        let engine = try index.engine()
        var random = seed.generator()
        for filter in [SearchFilter(), SearchFilter(title: "清华")] {
            let expected = Self.order(index.live).filter { filter.title == nil || $0.title == filter.title }
            var found: [ArticleSummary] = []
            var hasMore = true
            while hasMore {
                let page = try engine.articles(filter, after: found.last?.place, limit: 1 + random.below(9))
                #expect(!page.hasMore || !page.articles.isEmpty)
                found += page.articles
                hasMore = page.hasMore
            }
            #expect(found.map(\.place.source) == expected.map(\.source))
            #expect(found.map(\.title) == expected.map(\.title))
            #expect(found.map(\.paragraphs) == expected.map(\.paragraphs.count))
        }
    }

    @Test("an id gives its articles, and these their paragraphs", arguments: Seed.first(20))
    func lookUp(seed: Seed) throws {
        let index = try Self.index(seed)
        let engine = try index.engine()
        for id in Set(index.articles.map(\.id)).union(["", "a", "zzz"]) {
            let expected = Self.order(index.live.filter { $0.id == id })
            let found = try engine.articles(withID: Array(id.utf8))
            #expect(found.map(\.place.source) == expected.map(\.source))
            // Asked for one article alone, an engine makes no order of them all.
            let fresh = try index.engine()
            #expect(try fresh.articles(withID: Array(id.utf8)).map(\.place) == found.map(\.place))
            #expect(fresh.order == nil)
            for (article, original) in zip(found, expected) {
                let all = try engine.paragraphs(of: article, 1...Int.max)
                #expect(all.map(\.text) == original.paragraphs)
                #expect(all.map(\.number) == Array(all.indices.map { $0 + 1 }))
                #expect(try engine.paragraphs(of: article, 2...3) == Array(all.dropFirst().prefix(2)))
                #expect(try engine.paragraphs(of: article, -5...0) == [])
                #expect(try engine.paragraphs(of: article, 9...99) == [])
            }
        }
    }
}

extension SearchFilter {
    fileprivate init(title: String) {
        self.init()
        self.title = title
    }
}
