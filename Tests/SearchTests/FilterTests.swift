import InvertedIndex
import Model
import Storage
import Testing
import Tokenizer

@testable import Search

@Suite("Filters")
struct FilterTests {
    private struct Listed {
        var id: String
        var title = ""
        var date = ""
        var text: String
        var source: UInt32
    }

    /// Two segments of articles from three files: two that are articles, and one of many.
    private static func engine() throws -> QueryEngine {
        let storage = MemoryStorage()
        let analyzer = try Analyzer()
        let writer = try IndexWriter(storage, analyzer: Analyzer.fingerprint)
        let files = ["/root/news/a.txt", "/root/old/b.txt", "/root/c.jsonl"]
        for (number, path) in files.enumerated() {
            writer.add(
                SourceRecord(
                    id: UInt32(number + 1), path: Path(path), rootLength: 6, size: 1, modified: 0, changed: 0,
                    contentHash: 0))
        }
        let segments = [
            [
                Listed(id: "", title: "清華大學的一天", date: "2023-05-06", text: "清华一", source: 1),
                Listed(id: "", title: "团(tuan2)队", date: "2022年12月31日", text: "清华二", source: 2),
            ],
            [
                Listed(id: "c1", title: "清华，大学", date: "2023", text: "清华三", source: 3),
                Listed(id: "c2", date: "昨天", text: "清华四", source: 3),
                Listed(id: "c3", title: "快讯", text: "清华五", source: 3),
            ],
        ]
        for segment in segments {
            let builder = try writer.makeSegmentBuilder(memoryBudget: 1 << 20)
            for listed in segment {
                let article = Article(
                    id: Array(listed.id.utf8), title: Array(listed.title.utf8), date: Array(listed.date.utf8))
                var terms = TermBlock()
                Analyzer.terms(of: try analyzer.analyze(listed.title.utf8), into: &terms)
                builder.beginArticle(article, source: listed.source, titleTerms: terms)
                let text = Array(listed.text.utf8)
                Analyzer.terms(of: try analyzer.analyze(text), into: &terms)
                try builder.addParagraph(
                    text[...], source: SourceRange(bytes: 0..<text.count, line: 1), terms: terms)
            }
            try writer.finish([builder])
        }
        try writer.commit()
        return try QueryEngine(try IndexSnapshot(storage, analyzer: Analyzer.fingerprint), analyzer: analyzer)
    }

    /// The last characters of the texts found, in order of text.
    private static func found(
        _ engine: QueryEngine, _ query: String = "清华", _ mode: SearchMode = .exact, heals: Bool = true,
        _ change: (inout SearchFilter) -> Void
    ) throws -> String {
        var filter = SearchFilter()
        change(&filter)
        let request = SearchRequest(query, mode: mode, limit: 0, heals: heals, filter: filter)
        let answer = try engine.run(request)
        let hits = try engine.hits(answer)
        #expect(answer.summary.hits == hits.count)
        return String("一二三四五".filter { mark in hits.contains { $0.text.last == mark } })
    }

    @Test("by path: the name, or the path below the directory indexed")
    func paths() throws {
        let engine = try Self.engine()
        for (globs, expected) in [
            (["*.txt"], "一二"), (["a.txt"], "一"), (["news/*"], "一"), (["/root/**"], "一二三四五"),
            (["old/**", "*.jsonl"], "二三四五"),
            (["a.md"], ""), (["root/**"], ""),
        ] {
            let globs = globs.map { PathPattern($0) }
            #expect(try Self.found(engine) { $0.paths = globs } == expected, "\(globs)")
        }
    }

    @Test("by title, folded as texts are")
    func titles() throws {
        let engine = try Self.engine()
        #expect(try Self.found(engine) { $0.title = "清华大学" } == "一")
        #expect(try Self.found(engine) { $0.title = "清华" } == "一三")
        #expect(try Self.found(engine) { $0.title = "清华·大学" } == "一")
        #expect(try Self.found(engine) { $0.title = "清华。大学" } == "三")
        #expect(try Self.found(engine) { $0.title = "团队" } == "二")
        #expect(try Self.found(engine, heals: false) { $0.title = "团队" } == "")
        #expect(throws: SearchError.query(.nothingInTitle)) { try Self.found(engine) { $0.title = "。" } }
    }

    @Test("by date, ends included; without a date, never")
    func dates() throws {
        let engine = try Self.engine()
        func between(_ since: String?, _ until: String?) throws -> String {
            try Self.found(engine) { filter in
                filter.since = since.flatMap { DatePeriod($0) }
                filter.until = until.flatMap { DatePeriod($0) }
            }
        }
        #expect(try between("2023-05-06", nil) == "一三")
        #expect(try between("2023-05-07", nil) == "三")
        #expect(try between("2024", nil) == "")
        #expect(try between(nil, "2022") == "二")
        #expect(try between(nil, "2022-12-30") == "")
        #expect(try between("2022-12", "2022-12") == "二")
        #expect(try between("2000", "2030") == "一二三")
    }

    @Test("by id, of an article that is its file too")
    func ids() throws {
        let engine = try Self.engine()
        #expect(try Self.found(engine) { $0.articles = [Array("c2".utf8)] } == "四")
        #expect(try Self.found(engine) { $0.articles = [Array("c2".utf8), Array("news/a.txt".utf8)] } == "一四")
        #expect(try Self.found(engine) { $0.articles = [Array("a.txt".utf8)] } == "")
    }

    @Test("all conditions at once, in every mode and with operators; auto goes by what is left")
    func together() throws {
        let engine = try Self.engine()
        for (query, mode) in [("清华", SearchMode.exact), ("清华", .all), ("清华", .any), ("清华 OR 北大", .exact)] {
            let found = try Self.found(engine, query, mode) { filter in
                filter.paths = ["*.jsonl"]
                filter.since = DatePeriod("2020")
            }
            #expect(found == "三", "\(query) \(mode)")
        }
        // The only paragraph that has it literally is filtered out.
        #expect(try Self.found(engine, "清华一", .auto) { $0.paths = ["*.jsonl"] } == "三四五")
    }
}
