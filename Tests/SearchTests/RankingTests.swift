import Model
import TestSupport
import Testing

@testable import Search

@Suite("Ranking")
struct RankingTests {
    private func expect(_ hits: [Hit], _ scores: [String: Double], _ what: Comment) {
        #expect(Set(hits.map(\.place)) == Set(scores.keys), what)
        for hit in hits {
            guard let score = scores[hit.place] else { continue }
            // The index adds up in single precision.
            #expect(abs(Double(hit.score) - score) <= 1e-4 * max(1, score), "\(what) \(hit.place)")
        }
        for (left, right) in zip(hits, hits.dropFirst()) {
            #expect(left.score >= right.score, what)
            guard left.score == right.score else { continue }
            #expect((left.articleID, left.number) < (right.articleID, right.number), what)
        }
        #expect(hits.map(\.rank) == Array(1..<hits.count + 1), what)
    }

    @Test("scores are those of the definition", arguments: Seed.first(15))
    func scores(seed: Seed) throws {
        var generator = seed.generator()
        let segments = RandomCorpus.segments(1 + generator.below(4), using: &generator)
        let index = try TestIndex(segments, deleted: generator.once(in: 2) ? [2] : [])
        let twin = try ScoreTwin(index)
        let oracle = Oracle(analyzer: index.analyzer)
        for _ in 0..<15 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            guard try !oracle.keywords(query).isEmpty else { continue }
            let (hits, summary) = try index.search(query, .any, isPlain: true)
            expect(hits, try twin.any(query), "any \(query.debugDescription)")
            #expect(summary.hits == hits.count && summary.mode == .any)
            guard try twin.canScoreExactly(query) else { continue }
            expect(
                try index.search(query, .exact, isPlain: true).hits, try twin.exact(query),
                "exact \(query.debugDescription)")
        }
    }

    @Test("one segment and many give the same hits and scores", arguments: Seed.first(8), SearchMode.allCases)
    func segments(seed: Seed, mode: SearchMode) throws {
        var generator = seed.generator()
        let segments = RandomCorpus.segments(6, using: &generator)
        let many = try TestIndex(segments)
        let one = try TestIndex(Array(segments.joined()))
        for _ in 0..<15 {
            let query = RandomCorpus.query(from: many.articles, using: &generator)
            let limit = generator.pick([0, 1, 3, 10])
            guard let expected = try? one.search(query, mode, limit: limit, isPlain: true) else { continue }
            let found = try many.search(query, mode, limit: limit, isPlain: true)
            #expect(found.summary.agrees(with: expected.summary))
            #expect(found.hits.map(\.place) == expected.hits.map(\.place))
            #expect(found.hits.map(\.score) == expected.hits.map(\.score))
            #expect(found.hits.map(\.highlights) == expected.hits.map(\.highlights))
        }
    }

    @Test("a limit gives the beginning of the whole answer, and counts all", arguments: Seed.first(6))
    func limit(seed: Seed) throws {
        var generator = seed.generator()
        let index = try TestIndex(RandomCorpus.segments(4, using: &generator))
        for _ in 0..<8 {
            let query = RandomCorpus.query(from: index.articles, using: &generator)
            for mode in SearchMode.allCases {
                guard let all = try? index.search(query, mode, isPlain: true) else { continue }
                for limit in [1, 2, 5, max(1, all.hits.count - 1), all.hits.count + 1] {
                    let (hits, summary) = try index.search(query, mode, limit: limit, isPlain: true)
                    #expect(hits.map(\.place) == all.hits.prefix(limit).map(\.place))
                    #expect(
                        summary.agrees(with: all.summary, returned: hits.count),
                        "\(query.debugDescription) \(mode) \(limit)")
                    #expect(summary.relation == .equal || summary.mode == .any)
                    #expect(summary.returned == hits.count && summary.mode == all.summary.mode)
                }
            }
        }
    }

    @Test("the best hits are those of scoring everything", arguments: Seed.first(8))
    func pruned(seed: Seed) throws {
        try comparePruned(seed) { $0 }
    }

    @Test("and where every article has one paragraph", arguments: Seed.first(8))
    func prunedFlat(seed: Seed) throws {
        try comparePruned(seed) { segments in
            segments.map { articles in
                articles.flatMap { article in
                    article.paragraphs.enumerated().map { number, paragraph in
                        TextArticle(
                            id: "\(article.id) \(number)", title: article.title, paragraphs: [paragraph],
                            source: article.source)
                    }
                }
            }
        }
    }

    /// Lists of several blocks over texts of very uneven lengths: an impact is that of a paragraph, and the share of a short
    /// article is greater.
    @Test("and where articles of one paragraph are many, short and long", arguments: Seed.first(2))
    func prunedUneven(seed: Seed) throws {
        var generator = seed.generator()
        let letters = Array("abcdefg")
        let segments = (0..<2).map { segment in
            (0..<6000).map { number in
                let length = generator.pick([2, 3, 10, 60, 100, 128])
                let words = (0..<length).map { _ in
                    // The first is in most of the long texts, the others in few.
                    let letter = generator.pick(letters)
                    return generator.once(in: letter == "a" ? 2 : 30) ? "\(letter)\(letter)" : "zz"
                }
                return TextArticle(
                    id: "\(segment)-\(number)", paragraphs: [words.joined(separator: " ")],
                    source: UInt32(1 + segment))
            }
        }
        let index = try TestIndex(segments)
        let queries = (0..<40).map { _ in
            (0..<2 + generator.below(4)).map { _ in
                let letter = generator.pick(letters)
                return "\(letter)\(letter)"
            }.joined(separator: " ")
        }
        try comparePruned(index, queries, limits: [1, 2, 3, 5, 10])
    }

    /// More terms than a bound has units for.
    @Test("and where the query is an article of thousands of characters")
    func prunedLongQuery() throws {
        var generator = Seed(1).generator()
        func text(_ count: Int) -> String {
            String(
                String.UnicodeScalarView(
                    (0..<count).map { _ in Unicode.Scalar(0x4E00 + UInt32(generator.below(9000)))! }))
        }
        let texts = (0..<30).map { _ in text(20 + generator.below(3000)) } + [text(12_000)]
        let segments = (0..<2).map { segment in
            texts.enumerated().map { number, text in
                TextArticle(
                    id: "\(segment)-\(number)", paragraphs: [text, String(text.prefix(900))],
                    source: UInt32(1 + segment))
            }
        }
        let index = try TestIndex(segments)
        try comparePruned(index, texts.suffix(4) + [texts[1] + texts[2]], limits: [1, 2, 3, 10], leftOut: 0)
    }

    /// Lists of several blocks, pairs and their bigrams among them, some read from end to end and some here and there.
    @Test("and where lists are long", arguments: Seed.first(2))
    func prunedLong(seed: Seed) throws {
        var generator = seed.generator()
        let words = "北京 南京 京城 大学 学生 生活 活动 动物 物价 中国 国家 家人 人民 民生 的 在 iPhone 2024".split(separator: " ")
        func text(_ count: Int) -> String {
            // The first are frequent, and the last rare.
            (0..<count).map { _ in
                // Here and there a gloss that healing takes out.
                String(words[min(generator.below(words.count), generator.below(40))])
                    + (generator.once(in: 20) ? "(jing)" : "")
            }.joined()
        }
        let segments = (0..<3).map { segment in
            (0..<1100).map { number in
                TextArticle(
                    id: "\(segment)-\(number)", title: generator.once(in: 3) ? text(2) : "",
                    paragraphs: (0..<1 + generator.below(3)).map { _ in text(1 + generator.below(9)) },
                    source: UInt32(1 + generator.below(9)))
            }
        }
        let index = try TestIndex(segments, deleted: [3])
        let queries = (0..<30).map { _ in text(1 + generator.below(8)) }
        try comparePruned(index, queries, limits: [1, 10, 100])
        try comparePruned(
            index, (0..<30).map { _ in "\"\(text(1))\" \(text(3)) \"\(text(2))\"" }, limits: [1, 10, 100],
            isPlain: false)
        let engine = try index.engine()
        let joined = ["京城 大学", "学生 NOT 活动", "(北京 OR 南京) AND 的", "\"中国 国家\"~9", "iphon* 人民"]
        for query in words.map(String.init) + queries.prefix(6) + joined {
            for mode in [SearchMode.exact, .all] {
                try compareLimits(engine, SearchRequest(query, mode: mode, isPlain: !joined.contains(query)))
            }
        }
        var filter = SearchFilter()
        filter.title = "大学"
        for query in ["京城", "大学", "的", "学生 活动"] {
            try compareLimits(engine, SearchRequest(query, mode: .exact, filter: filter))
        }
    }

    /// Long lists of one keyword in few titles and few healed readings, whose best paragraphs are close together: most blocks of
    /// them, and groups of blocks, are passed over.
    @Test("and where the blocks of a keyword are passed over", arguments: Seed.first(3))
    func prunedBlocks(seed: Seed) throws {
        var generator = seed.generator()
        func article(_ segment: Int, _ number: Int, paragraphs: Int) -> TextArticle {
            let texts = (0..<paragraphs).map { _ in
                let words = number / 100 == 7 ? 1 : 2 + generator.below(7)
                let text = (0..<words).map { _ in generator.pick(["大学", "生活", "北京", "iPhone", "学生"]) }.joined()
                return generator.once(in: 3000) ? text + "北京(jing)大学" : text
            }
            return TextArticle(
                id: "\(segment)-\(number)",
                title: generator.once(in: 400) ? generator.pick(["大学", "北京的大学", "生活"]) : "", paragraphs: texts,
                source: UInt32(3 * segment + number % 3))
        }
        // Of several paragraphs an article, of one, and one with deleted articles.
        let segments = [
            (0..<2500).map { article(0, $0, paragraphs: 1 + generator.below(8)) },
            (0..<2000).map { article(1, $0, paragraphs: 1) }, (0..<600).map { article(2, $0, paragraphs: 2) },
        ]
        let engine = try TestIndex(segments, deleted: [7]).engine()
        #expect(engine.live.map(\.isWhole) == [true, true, false])
        for query in ["大学", "生活", "北京", "京大", "学", "iphone", "的"] {
            for heals in [true, false] {
                try compareLimits(engine, SearchRequest(query, mode: .exact, heals: heals))
            }
        }
    }

    /// Compares the best hits of a literal search with the beginning of all.
    private func compareLimits(_ engine: QueryEngine, _ request: SearchRequest) throws {
        var request = request
        request.limit = 0
        let all = try engine.run(request)
        for limit in [1, 10, 100] {
            request.limit = limit
            let best = try engine.run(request)
            #expect(best.ranked == Array(all.ranked.prefix(limit)), "\(request.query), limit \(limit)")
            #expect(best.summary.hits == all.summary.hits && best.summary.hits == all.ranked.count)
        }
    }

    private func comparePruned(_ seed: Seed, _ shape: ([[TextArticle]]) -> [[TextArticle]]) throws {
        var generator = seed.generator()
        let segments = shape(RandomCorpus.segments(2 + generator.below(5), of: 40, using: &generator))
        let index = try TestIndex(segments, deleted: [1, UInt32(2 + generator.below(4))])
        let queries = (0..<60).map { _ in
            (0..<1 + generator.below(4)).map { _ in
                RandomCorpus.query(from: index.articles, using: &generator)
            }.joined(separator: " ")
        }
        try comparePruned(index, queries, limits: [1, 3, 10, 40])
    }

    /// - Parameter leftOut: how many answers are to leave something out.
    private func comparePruned(
        _ index: TestIndex, _ queries: [String], limits: [Int], leftOut: Int = 20, isPlain: Bool = true
    ) throws {
        let engine = try index.engine()
        var pruned = 0
        for query in queries {
            func ranked(_ limit: Int) throws -> [RankedParagraph] {
                let answer = try engine.run(SearchRequest(query, mode: .any, limit: limit, isPlain: isPlain))
                if answer.summary.relation == .atLeast { pruned += 1 }
                return answer.ranked
            }
            guard let all = try? ranked(0) else { continue }
            for limit in limits {
                let best = try ranked(limit)
                #expect(best == Array(all.prefix(limit)), "\(query.debugDescription), limit \(limit)")
            }
        }
        #expect(pruned > leftOut, "or nothing was left out")
    }

    @Test("an article of no paragraphs is no hit of a title, and is not counted as one")
    func emptyArticles() throws {
        let full = (0..<3).map { TextArticle(id: "\($0)", paragraphs: ["中中中中中中"]) }
        let empty = (3..<6).map { TextArticle(id: "\($0)", title: "集中", paragraphs: []) }
        for segments in [[full, empty], [full + empty], [empty, full]] {
            let index = try TestIndex(segments)
            #expect(try index.places("中", .any) == ["0#1", "1#1", "2#1"])
            for limit in [1, 2, 5] {
                let summary = try index.search("中", .any, limit: limit).summary
                #expect(summary.hits <= 3 && summary.returned == min(limit, 3))
            }
        }
    }

    @Test("a character that is nearly everywhere counts only where no bigram that is found has it")
    func commonCharacters() throws {
        let common = (0..<RankingWeights.commonCount + 1).map { TextArticle(id: "公\($0)", paragraphs: ["公园"]) }
        let index = try TestIndex(
            common + [
                TextArticle(id: "1", paragraphs: ["这家公司"]), TextArticle(id: "2", paragraphs: ["司令"]),
            ])
        #expect(try index.places("公司", .any, limit: 5) == ["1#1", "2#1"])
        #expect(try index.places("公 司", .any, limit: 0).count == common.count + 2)
        #expect(try index.places("公", .any, limit: 0).count == common.count + 1)
        #expect(try index.places("公象", .any, limit: 0).count == common.count + 1)
        // Other bigrams do not stand for it.
        #expect(try index.places("公象司令", .any, limit: 0).count == common.count + 2)
        // A few less, and it is not common.
        let fewer = try TestIndex(common.dropLast(2) + [TextArticle(id: "1", paragraphs: ["这家公司"])])
        #expect(try fewer.places("公司", .any, limit: 0).count == common.count - 1)
    }

    @Test("where nothing is left that holds the bigrams, the common characters they stood for are found")
    func commonAlone() throws {
        let common = (0..<RankingWeights.commonCount + 1).map { TextArticle(id: "公\($0)", paragraphs: ["公园"]) }
        let index = try TestIndex(
            [common + [TextArticle(id: "司", paragraphs: ["公司"], source: 7)]], deleted: [7])
        let engine = try index.engine()
        for limit in [0, 3] {
            let answer = try engine.run(SearchRequest("公司", mode: .any, limit: limit))
            #expect(
                answer.ranked.count == (limit > 0 ? limit : common.count) && answer.summary.hits == common.count)
            let explanation = try engine.explanation(of: answer.ranked[0], in: answer)
            #expect(explanation.terms.map(\.text) == ["公"])
        }
    }

    @Test("a word of one character is common later than a character of a longer word")
    func commonWords() throws {
        // Of all paragraphs a tenth: more than the one part, less than the other.
        let rest = (0..<9 * RankingWeights.commonCount).map { TextArticle(id: "\($0)", paragraphs: ["东西"]) }
        let common = (0..<RankingWeights.commonCount + 1).map { TextArticle(id: "公\($0)", paragraphs: ["公園有猫"]) }
        let index = try TestIndex(
            [rest + common + [TextArticle(id: "司", paragraphs: ["公司"]), TextArticle(id: "吃", paragraphs: ["猫吃"])]])
        #expect(try index.places("公司", .any, limit: 0) == ["司#1"])
        #expect(try index.places("猫吃", .any, limit: 0).count == common.count + 1)
        // Alone somewhere in the query it counts.
        #expect(try index.places("公司 公", .any, limit: 0).count == common.count + 1)
    }

    @Test("equal scores are ordered by the bytes of the id, then by number", arguments: [0, 1, 4, 7])
    func ties(limit: Int) throws {
        let names = ["b", "a", "é", "B", "a10", "a9", "中"]
        let segments = names.map { [TextArticle(id: $0, paragraphs: ["中国", "中国"])] }
        let order = ["B", "a", "a10", "a9", "b", "é", "中"].flatMap { ["\($0)#1", "\($0)#2"] }
        for index in [try TestIndex(segments), try TestIndex(Array(segments.joined()))] {
            for mode in SearchMode.allCases {
                #expect(
                    try index.places("中国", mode, limit: limit)
                        == Array(limit == 0 ? order[...] : order.prefix(limit)))
            }
        }
    }

    @Test("articles of one id are ordered by number too, wherever they lie")
    func tiesOfOneID() throws {
        let first = TextArticle(id: "a", paragraphs: ["中国", "中国", "中国"])
        let second = TextArticle(id: "a", paragraphs: ["中国", "中国"])
        for index in [
            try TestIndex([first, second]), try TestIndex([[first], [second]]), try TestIndex([[second], [first]]),
        ] {
            #expect(try index.places("中国") == ["a#1", "a#1", "a#2", "a#2", "a#3"])
        }
    }

    @Test("more occurrences, shorter texts and rarer words rank higher")
    func sense() throws {
        let texts = ["清华在北京", "清华清华在北京", "清华在很远很远的北京的郊外的一个地方", "北京", "北京大学", "在北京的清华大学"]
        let index = try TestIndex(texts.enumerated().map { TextArticle(id: "\($0)", paragraphs: [$1]) })
        #expect(try index.places("清华").first == "1#1")
        #expect(try index.places("清华").last == "2#1")
        // 清华 is in fewer paragraphs than 北京.
        #expect(try index.places("清华 北京", .any).prefix(2).contains("3#1") == false)
    }

    @Test("a keyword that stands as a word ranks above one that runs across words")
    func alignedWords() throws {
        let texts = ["一批乒乓球拍卖得很好", "他的球拍坏了一半多些", "这里没有它的事情可说"]
        let index = try TestIndex(texts.enumerated().map { TextArticle(id: "\($0)", paragraphs: [$1]) })
        #expect(try index.places("球拍") == ["1#1", "0#1"])
    }

    @Test("BM25 of an index of nothing is a number")
    func empty() throws {
        let model = BM25([])
        #expect(model.weight(documents: 0).isFinite)
        #expect(model.share(frequency: 1, length: 0).isFinite)
        #expect(try TestIndex([]).search("中", .auto).summary.hits == 0)
    }
}

private func < (left: ([UInt8], Int), right: ([UInt8], Int)) -> Bool {
    left.0 == right.0 ? left.1 < right.1 : left.0.lexicographicallyPrecedes(right.0)
}
