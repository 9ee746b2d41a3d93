import Bytes
import InvertedIndex
import Model
import Storage
import TestSupport
import Testing
import Tokenizer

@testable import Search

/// Queries to an index with damaged bytes: the answer may be wrong or an error, and the process goes on.
@Suite("Search in a damaged index")
struct DamagedSearchTests {
    private func makeIndex() throws -> TestIndex {
        var generator = Seed(1).generator()
        var segments = RandomCorpus.segments(3, using: &generator)
        // Enough paragraphs for full blocks of postings.
        let paragraphs = (0..<300).map { $0 % 3 == 0 ? "清华大学AI，中国" : "中国的清华，大学AI" }
        segments.append([TextArticle(id: "long", title: "清华 AI", paragraphs: paragraphs)])
        return try TestIndex(segments, deleted: [3])
    }

    private func search(_ storage: any Storage, _ analyzer: Analyzer) {
        guard let snapshot = try? IndexSnapshot(storage, analyzer: nil),
            let engine = try? QueryEngine(snapshot, analyzer: analyzer)
        else { return }
        let queries = [
            "清华大学", "中", "AI，中国", "学AI", "中国 的", "\"清华，\" 人民", "3.5 信息流", "(a* OR 学AI*) NOT 人民",
            "\"清华 中国\"~2 OR 信息 NOT AI",
        ]
        var filter = SearchFilter()
        filter.title = "AI"
        filter.paths = ["**"]
        for query in queries {
            for mode in [SearchMode.exact, .all, .any] {
                _ = try? engine.run(SearchRequest(query, mode: mode, limit: 5, filter: filter))
                guard let answer = try? engine.run(SearchRequest(query, mode: mode, limit: 5)) else { continue }
                _ = try? engine.hits(answer)
            }
        }
    }

    @Test("random damage to any file", arguments: Seed.first(6))
    func damage(seed: Seed) throws {
        let index = try makeIndex()
        var generator = seed.generator()
        let names = try index.storage.names().filter { $0.hasPrefix("segment-") }
        for _ in 0..<40 {
            let storage = MemoryStorage()
            for name in try index.storage.names() { storage.write(try index.storage.open(name).copy(), to: name) }
            let name = generator.pick(names)
            var bytes = try storage.open(name).copy()
            // Between the ends, which are checked when the file is opened.
            for _ in 0...generator.below(4) {
                let place =
                    Envelope.headerSize
                    + generator.below(Envelope.contentLength(ofFile: bytes.count) - Envelope.headerSize + 1)
                let length = generator.once(in: 4) ? 10 : 1
                let value = generator.pick([0x00, 0xFF, UInt8(truncatingIfNeeded: generator.next())])
                for index in place..<min(place + length, Envelope.contentLength(ofFile: bytes.count)) {
                    bytes[index] = value
                }
            }
            storage.write(generator.once(in: 4) ? bytes : Damage.resealed(bytes), to: name)
            search(storage, index.analyzer)
        }
    }

    /// What a search prints of an index; nil when it fails.
    private func answers(_ storage: any Storage, _ analyzer: Analyzer) -> [String]? {
        guard let snapshot = try? IndexSnapshot(storage, analyzer: nil),
            let engine = try? QueryEngine(snapshot, analyzer: analyzer)
        else { return nil }
        var answers: [String] = []
        for (query, mode) in [
            ("清华大学", SearchMode.exact), ("AI", .all), ("中国人民 清华", .any), ("(a* OR 人民) NOT \"清华 中国\"~1", .exact),
        ] {
            guard let answer = try? engine.run(SearchRequest(query, mode: mode, limit: 0)),
                let hits = try? engine.hits(answer)
            else { return nil }
            answers += hits.map { "\($0.place) \($0.score) \($0.source) \($0.text) \($0.title) \($0.highlights)" }
            answers.append("\(answer.summary)")
        }
        return answers
    }

    /// Every byte with `SUOYIN_FAULTS` set to anything, else one in eleven.
    @Test("a byte flipped anywhere gives an error or the right answer, never a wrong one")
    func flips() throws {
        let index = try TestIndex(
            [
                [
                    TextArticle(id: "a", title: "清华", paragraphs: ["清华大学AI，中国", "中国人民", "AI 清华大学"]),
                    TextArticle(id: "b", paragraphs: ["人民", "團(tuán)隊在清华大学"], source: 2),
                    TextArticle(id: "long", paragraphs: Array(repeating: "中国的清华，大学AI", count: 140)),
                ], [TextArticle(id: "c", paragraphs: ["清华大学 AI 人民"], source: 3)],
            ], deleted: [2])
        let right = try #require(answers(index.storage, index.analyzer))
        #expect(right.count > 140)
        let step = campaign("SUOYIN_FAULTS", default: 0) > 0 ? 1 : 11
        var generator = Seed(1).generator()
        var (tried, refused, wrong) = (0, 0, 0)
        for name in try index.storage.names() where !name.hasSuffix(".copy") {
            let bytes = try index.storage.open(name).copy()
            for place in stride(from: tried % step, to: bytes.count, by: step) {
                var altered = bytes
                altered[place] ^= UInt8(1 + generator.below(255))
                index.storage.write(altered, to: name)
                let found = answers(index.storage, index.analyzer)
                tried += 1
                if found == nil { refused += 1 }
                if let found, found != right {
                    wrong += 1
                    Issue.record("\(name), byte \(place): a wrong answer")
                }
            }
            index.storage.write(bytes, to: name)
        }
        #expect(wrong == 0 && refused > tried / 2, "\(tried) tried, \(refused) refused")
        if step == 1 {
            print("\(tried) bytes flipped: \(refused) errors, \(tried - refused) right answers, \(wrong) wrong")
        }
    }

    @Test("a position at the end of its range is an error, not a trap")
    func largestPosition() throws {
        // 250 times the same places: the positions of a term are far from the dictionary, and all alike.
        let index = try TestIndex([TextArticle(id: "a", paragraphs: Array(repeating: "清华大学AI", count: 250))])
        let name = try #require(try index.storage.names().first { $0.hasSuffix(".positions") })
        var bytes = try index.storage.open(name).copy()
        let body = Envelope.headerSize..<Envelope.contentLength(ofFile: bytes.count)
        for start in stride(from: body.lowerBound, to: body.upperBound - 5, by: 5) {
            bytes.replaceSubrange(start..<start + 5, with: [0xFF, 0xFF, 0xFF, 0xFF, 0x0F])
        }
        index.storage.write(Damage.resealed(bytes), to: name)
        for query in ["清华大学", "清华大学AI"] { #expect(throws: SearchError.self) { try index.search(query) } }
    }
}
