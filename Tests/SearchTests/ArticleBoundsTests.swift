import InvertedIndex
import Model
import TestSupport
import Testing

@testable import Search

@Suite("Bounds of articles")
struct ArticleBoundsTests {
    /// Articles of no paragraph, of one and of several, with words of their titles and torn ones among them.
    private func index(_ seed: Seed) throws -> TestIndex {
        var generator = seed.generator()
        let words = ["上海", "大学", "银行", "利率", "的", "AI", "K imi", "团(tuan)队"]
        func text(_ count: Int) -> String { (0..<count).map { _ in generator.pick(words) }.joined(separator: "，") }
        return try TestIndex(
            (0..<150).map { number in
                TextArticle(
                    id: "\(number)", title: generator.once(in: 3) ? text(1) : "",
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
}
