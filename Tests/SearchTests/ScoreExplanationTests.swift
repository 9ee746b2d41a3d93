import Model
import TestSupport
import Testing
import Tokenizer

@testable import Search

@Suite("How scores come about")
struct ScoreExplanationTests {
    /// Expects the parts of each hit to add up to its score.
    private func expectSums(_ engine: QueryEngine, _ request: SearchRequest) throws {
        guard let answer = try? engine.run(request) else { return }
        let all = try engine.explanations(of: answer.ranked, in: answer)
        for (ranked, explanation) in zip(answer.ranked, all) {
            let difference = abs(explanation.score - ranked.score)
            #expect(
                difference <= 1e-4 * ranked.score,
                "\(request.query.debugDescription) in mode \(answer.summary.mode): \(explanation)")
            #expect(answer.summary.mode == .any || explanation.terms.isEmpty)
            #expect(answer.summary.mode != .any || explanation.titleScore == 0)
        }
        if let first = answer.ranked.first {
            #expect(try engine.explanation(of: first, in: answer) == all[0])
        }
    }

    @Test("parts add up to the score, in every mode", arguments: Seed.first(15))
    func sums(seed: Seed) throws {
        var generator = seed.generator()
        let segments = RandomCorpus.segments(1 + generator.below(4), using: &generator)
        let index = try TestIndex(segments, deleted: generator.once(in: 2) ? [2] : [])
        let engine = try index.engine()
        for _ in 0..<10 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            let heals = generator.once(in: 2)
            for mode in [SearchMode.any, .exact, .all] {
                try expectSums(engine, SearchRequest(query, mode: mode, limit: 0, isPlain: true, heals: heals))
            }
            let other = RandomCorpus.query(from: index.articles, using: &generator)
            try expectSums(engine, SearchRequest("\"\(query)\" \(other)", mode: .any, limit: 0, heals: heals))
            try expectSums(engine, SearchRequest("\"\(query)\" NOT \"\(other)\"", mode: .any, limit: 3))
        }
    }

    @Test("parts add up with operators", arguments: Seed.first(10))
    func operators(seed: Seed) throws {
        var generator = seed.generator()
        let index = try TestIndex(RandomCorpus.segments(3, using: &generator))
        let engine = try index.engine()
        for _ in 0..<15 {
            let query = RandomQuery.tree(3, &generator) { generator in
                let piece = RandomCorpus.query(from: index.articles, using: &generator)
                let texts = ["\"\(piece)\"", "g*", "\"中 国\"~2", "py:zhongguo", "\"大学\""]
                return .leaf(generator.pick(texts)) { _ in false }
            }
            for mode in [SearchMode.exact, .all] {
                try expectSums(engine, SearchRequest(query.text, mode: mode, limit: 0))
            }
            try expectSums(engine, SearchRequest(query.text, limit: 0, fold: .icu))
        }
    }

    private static let articles = [
        TextArticle(id: "一", title: "清华大学", paragraphs: ["清华大学招聘，清华", "校园里的GPT", "清华園"]),
        TextArticle(id: "二", paragraphs: ["北京大学", "清 华 gpt-4o 与团(tuán)队"]),
    ]

    @Test("best match: counts of the paragraph, the title and the article")
    func bestMatch() throws {
        let engine = try TestIndex(Self.articles).engine()
        let answer = try engine.run(SearchRequest("清华 gpt", mode: .any, limit: 0))
        let explanation = try engine.explanation(of: answer.ranked[0], in: answer)
        let texts = explanation.terms.map { "\($0.text) \($0.kind)" }
        #expect(texts.contains("清华 bigram") && texts.contains("清 character") && texts.contains("gpt word"))
        let place = answer.ranked.first { $0.ordinal == 0 }
        let first = try engine.explanation(of: try #require(place), in: answer)
        let bigram = try #require(first.terms.first { $0.kind == .bigram })
        #expect(bigram.text == "清华" && bigram.weight == RankingWeights.bigram)
        #expect((bigram.inParagraph, bigram.inTitle, bigram.inArticle) == (2, 1, 3))
        #expect(bigram.documentCount == 3)
        let word = try #require(first.terms.first { $0.text == "gpt" })
        #expect((word.inParagraph, word.inTitle, word.inArticle) == (0, 0, 1))
        #expect(word.paragraphScore == 0 && word.articleScore > 0)
        // ln(1 + (5 - 3 + 0.5) / (3 + 0.5))
        #expect(abs(bigram.inverseFrequency - 0.5390) < 1e-3)
    }

    @Test("best match: quotations beside terms; what is not there is left out")
    func quotations() throws {
        let engine = try TestIndex(Self.articles).engine()
        let answer = try engine.run(SearchRequest("\"清华园\" 北京 \"无此\"", mode: .any, limit: 0))
        let explanation = try engine.explanation(
            of: try #require(answer.ranked.first { $0.ordinal == 2 }), in: answer)
        #expect(explanation.terms.isEmpty)
        #expect(explanation.keywords.map(\.text) == ["清华园"] && explanation.keywords[0].inParagraph == 1)
    }

    @Test(
        "literal modes: what holds, as the query writes it",
        arguments: [
            ("清华", 0, ["清华 2"]), ("清华 OR 北京 OR gp*", 4, ["清华 1", "gp* 1"]),
            ("清华 gpt-4o与团队", 4, ["清华 1", "gpt 4o与团队 1"]), (#""4o 清华"~3"#, 4, [#""4o 清华"~3 1"#]),
            ("(清华 NOT 招聘) OR 大学", 0, ["大学 1"]), ("聘，清华", 0, ["聘|清华 1"]), ("py:qinghua NOT 招聘", 2, ["清华 1"]),
        ] as [(String, Int, [String])])
    func literal(query: String, ordinal: Int, shown: [String]) throws {
        let engine = try TestIndex(Self.articles).engine()
        let answer = try engine.run(SearchRequest(query, mode: .exact, limit: 0))
        let hit = try #require(answer.ranked.first { $0.ordinal == ordinal })
        let explanation = try engine.explanation(of: hit, in: answer)
        #expect(explanation.keywords.map { "\($0.text) \($0.inParagraph)" } == shown)
        #expect(explanation.keywords.allSatisfy { $0.score > 0 && $0.documentCount > 0 })
        #expect((explanation.titleScore > 0) == (ordinal < 3))
    }

    @Test("given with hits only when asked for")
    func onDemand() throws {
        let engine = try TestIndex(Self.articles).engine()
        var request = SearchRequest("清华", limit: 0)
        #expect(try engine.hits(try engine.arrange(request)).allSatisfy { $0.explanation == nil })
        request.results.explains = true
        for collapses in [false, true] {
            request.results.collapses = collapses
            request.results.perArticle = collapses ? 1 : 0
            for hit in try engine.hits(try engine.arrange(request), 1..<9) {
                #expect(abs(try #require(hit.explanation).score - hit.score) <= 1e-4 * hit.score)
            }
        }
    }
}
