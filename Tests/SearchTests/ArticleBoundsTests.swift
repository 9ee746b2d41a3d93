import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Bounds of articles")
struct ArticleBoundsTests {
    /// Articles of no paragraph, of one and of several, with torn words among them, and words of their titles.
    private func index(_ seed: Seed, articles: Int = 150, hasTitles: Bool = true) throws -> TestIndex {
        var generator = seed.generator()
        let words = ["上海", "大学", "银行", "利率", "的", "AI", "K imi", "团(tuan)队"]
        func text(_ count: Int) -> String { (0..<count).map { _ in generator.pick(words) }.joined(separator: "，") }
        return try TestIndex(
            (0..<articles).map { number in
                TextArticle(
                    id: "\(number)", title: hasTitles && generator.once(in: 3) ? text(1) : "",
                    paragraphs: (0..<generator.pick([0, 1, 1, 2, 7])).map { _ in text(1 + generator.below(9)) })
            })
    }

    @Test("are the same whether terms are added together or one after the other", arguments: Seed.first(6))
    func together(seed: Seed) throws {
        let engine = try index(seed).engine()
        let segment = try #require(engine.snapshot.segments.first)
        let spans = try engine.spans.of(0)
        #expect(!spans.isFlat && spans.articleCount == 150)
        let request = SearchRequest("上海大学 银行利率 的 AI kimi 团队", mode: .any)
        let plan = try QueryPlan(request, analyzer: engine.analyzer, narrow: nil) { _ in [] }
        let terms = try engine.rankedTerms(plan, engine.model)
        #expect(terms.count > 12)
        let greatest = terms.reduce(0) { $0 + 6 * $1.weight }
        func bounds(window: Int, together: Bool) throws -> [Float] {
            let memory = PostingsMemory()
            return try withExtendedLifetime(memory) {
                var bounds = ArticleBounds(model: engine.model, spans: spans, greatest: greatest, window: window)
                let readers = terms.map { TermReader($0, segment: 0, of: segment) }
                if together {
                    try bounds.add(readers.map { ($0, $0.weight) }, keepingIn: memory)
                } else {
                    for reader in readers {
                        try bounds.add(reader, weight: reader.weight, from: -.infinity, keepingIn: memory)
                    }
                }
                return (0..<spans.articleCount).map { bounds.bound($0) }
            }
        }
        let wanted = try bounds(window: 1, together: false)
        #expect(Set(wanted).count > 50)
        for window in [1, 2, 7, 64, 149, 150, 5000] {
            #expect(try bounds(window: window, together: true) == wanted, "\(window)")
        }
    }

    @Test("articles that are left out stay so, however many terms come after")
    func manyTerms() throws {
        let engine = try index(Seed(1), articles: 20).engine()
        let segment = try #require(engine.snapshot.segments.first)
        let spans = try engine.spans.of(0)
        #expect(!spans.isFlat)
        let term = try #require(try terms(engine).max { $0.documentCount < $1.documentCount })
        let memory = PostingsMemory()
        try withExtendedLifetime(memory) {
            // What is rounded up alone would lift an article from the least value above none.
            let terms = 40_000
            var bounds = ArticleBounds(
                model: engine.model, spans: spans, greatest: Float(terms) * (1 + RankingWeights.article))
            let reader = TermReader(term, segment: 0, of: segment)
            let left = Set(stride(from: 0, to: spans.articleCount, by: 2))
            for article in left { bounds.settle(article) }
            for _ in 0..<terms {
                try bounds.add(reader, weight: 1, from: -.infinity, keepingIn: memory)
                memory.removeAll()
            }
            let reached = bounds.articles(reaching: 0)
            #expect(reached.count > 5 && left.isDisjoint(with: reached))
            #expect(bounds.count(reaching: 0) == reached.count)
        }
    }

    /// The terms of a query that most words of the index stand in.
    private func terms(_ engine: QueryEngine) throws -> [RankedTerm] {
        let request = SearchRequest("上海大学 银行利率 的 AI kimi 团队", mode: .any)
        return try engine.rankedTerms(
            QueryPlan(request, analyzer: engine.analyzer, narrow: nil) { _ in [] }, engine.model)
    }

    /// What the best paragraph of each article earns by some terms; 0 where it has none.
    private func scores(_ terms: [RankedTerm], _ engine: QueryEngine) throws -> [Float] {
        let segment = try #require(engine.snapshot.segments.first)
        let spans = try engine.spans.of(0)
        var scorer = ArticleScorer(
            model: engine.model, spans: spans, codes: try segment.articles.paragraphLengths.checked())
        let articles = (0..<spans.articleCount).filter { !spans.paragraphs($0).isEmpty }
        var scores = [Float](repeating: 0, count: spans.articleCount)
        try scorer.score(
            articles, by: terms.map { TermReader($0, segment: 0, of: segment) }, quoted: QuotedScores([]))
        for (number, article) in articles.enumerated() {
            scores[article] = scorer.places(number).map { scorer.scores[$0] }.max() ?? 0
        }
        return scores
    }

    @Test("what a term adds at most no paragraph exceeds, with its article", arguments: Seed.first(4))
    func most(seed: Seed) throws {
        // In the last index each paragraph has a word once, among many others, and an article often.
        let other = "这里还有许多别的话，与此无关，并且说个没完"
        let often = try TestIndex(
            (0..<100).map { number in
                TextArticle(
                    id: "\(number)", title: "",
                    paragraphs: ["上海", "大学", "银行", "利率", "上海", "上海大学"].map { $0 + other })
            })
        var long = 0
        for index in [try index(seed, articles: 600), try index(seed, articles: 600, hasTitles: false), often] {
            let engine = try index.engine()
            let segment = try #require(engine.snapshot.segments.first)
            for term in try terms(engine) {
                let reader = TermReader(term, segment: 0, of: segment)
                let most = try reader.bound(isFlat: false, model: engine.model)
                if reader.postingCount >= 256 { long += 1 }
                #expect(try scores([term], engine).allSatisfy { $0 <= most * 1.0001 }, "\(term.term.kind)")
            }
        }
        #expect(long > 12)
    }

    @Test("narrowed by one term after the other, they stay above what paragraphs score", arguments: Seed.first(6))
    func narrowing(seed: Seed) throws {
        let engine = try index(seed).engine()
        let terms = try terms(engine)
        try narrow(terms, engine)
        // Of a term alone little is added that no paragraph earns.
        for term in terms { try narrow([term], engine) }
    }

    private func narrow(_ terms: [RankedTerm], _ engine: QueryEngine) throws {
        let segment = try #require(engine.snapshot.segments.first)
        let spans = try engine.spans.of(0)
        let scores = try scores(terms, engine)
        let readers = terms.map { TermReader($0, segment: 0, of: segment) }
        let most = try readers.map { try $0.bound(isFlat: false, model: engine.model) }
        let total = most.reduce(0, +)
        let memory = PostingsMemory()
        try withExtendedLifetime(memory) {
            var work = CandidateNarrowing(
                (0..<spans.articleCount).map { .init(article: $0, bound: total) }, model: engine.model,
                spans: spans,
                codes: try segment.articles.paragraphLengths.checked(), memory: memory,
                rounding: Rounding(terms: terms.count))
            for (reader, most) in zip(readers, most) {
                try work.read(reader, most: most, threshold: -.infinity)
                #expect(work.candidates.count == spans.articleCount)
                #expect(work.candidates.allSatisfy { $0.bound * 1.0001 + 0.0001 >= scores[$0.article] })
            }
            // An article that has none of the terms earns nothing.
            #expect(work.candidates.contains { $0.bound < total / 1000 })
            #expect(work.candidates.contains { $0.bound > total / 10 })
        }
    }

    @Test(
        "articles of some bound are counted, listed, and the greatest told", arguments: [1, 7, 8, 63, 64, 65, 200])
    func reaching(count: Int) throws {
        let index = try TestIndex(
            (0..<count).map { TextArticle(id: "\($0)", title: "", paragraphs: ["上海", "大学"]) })
        let engine = try index.engine()
        var generator = Seed(UInt64(count)).generator()
        var bounds = ArticleBounds(model: engine.model, spans: try engine.spans.of(0), greatest: 100)
        var scores = [Float](repeating: 0, count: count)
        for article in 0..<count where generator.once(in: 2) {
            scores[article] = Float(1 + generator.below(20))
            bounds.add(scores[article], to: article)
        }
        let settled = (0..<count).filter { _ in generator.once(in: 5) }
        for article in settled {
            bounds.settle(article)
            scores[article] = 0
        }
        for least in [-Float.infinity, 0, 1, 5, 10, 20, 21] {
            let wanted = scores.indices.filter { scores[$0] > 0 && scores[$0] >= least }
            #expect(bounds.articles(reaching: least) == wanted)
            #expect(bounds.count(reaching: least) == wanted.count)
        }
        for number in [1, 3, 10, 500] {
            let found = bounds.greatest(number)
            let places = scores.indices.filter { scores[$0] > 0 }.sorted { scores[$0] > scores[$1] }
            let least = places.count < number ? 0 : scores[places[number - 1]]
            #expect(
                found == found.sorted() && found.count >= min(number, places.count) && found.count <= 2 * number)
            #expect(found.allSatisfy { scores[$0] > 0 && scores[$0] >= least })
        }
    }
}
