import Model
import Testing

@testable import Search

@Suite("Healed readings")
struct HealedSearchTests {
    private func index(_ paragraphs: [String]) throws -> TestIndex {
        try TestIndex([TextArticle(id: "a", paragraphs: paragraphs)])
    }

    /// The texts found, each with whether it needed healing.
    private func found(_ index: TestIndex, _ query: String, _ mode: SearchMode = .exact, heals: Bool = true) throws
        -> [String]
    {
        try index.search(query, mode, heals: heals).hits.sorted { $0.number < $1.number }
            .map { ($0.isHealed ? "healed: " : "") + $0.text }
    }

    @Test("find whole words in torn ones, and say so")
    func torn() throws {
        let index = try index(["在AI L ab工作", "AI Lab很大", "A I L a b重组", "AILab的", "用I nstagram", "K im i被", "a AI"])
        #expect(
            try found(index, "\"AI Lab\"") == ["healed: 在AI L ab工作", "AI Lab很大", "healed: A I L a b重组"])
        #expect(try found(index, "lab") == ["healed: 在AI L ab工作", "AI Lab很大", "healed: A I L a b重组"])
        #expect(try found(index, "instagram") == ["healed: 用I nstagram"])
        #expect(try found(index, "Kimi被") == ["healed: K im i被"])
        #expect(try found(index, "ailab") == ["AILab的"])
        #expect(try found(index, "aai").isEmpty)
        // A torn piece is found as it stands, and only where it stands.
        #expect(try found(index, "nstagram") == ["用I nstagram"])
        #expect(try found(index, "ab") == ["在AI L ab工作"])
    }

    @Test("are left out when asked")
    func plain() throws {
        let index = try index(["在AI L ab工作", "团(tuan2)队", "团(tuán)队", "字节</p>跳动"])
        #expect(try found(index, "lab", heals: false).isEmpty)
        #expect(try found(index, "团队", heals: false) == ["团(tuán)队"])
        #expect(try found(index, "团队") == ["healed: 团(tuan2)队", "团(tuán)队"])
        #expect(try found(index, "字节。跳动") == ["healed: 字节</p>跳动"])
        #expect(try found(index, "字节跳动").isEmpty)
        // What the plain reading holds is there with and without healing.
        #expect(try found(index, "tuan2") == ["团(tuan2)队"])
        #expect(try found(index, "p") == ["字节</p>跳动"])
    }

    @Test("highlight the torn word with its gaps")
    func highlights() throws {
        let index = try index(["在AI L ab工作", "团(tuan2)队好"])
        let hit = try #require(try index.search("lab").hits.first)
        #expect(hit.highlights == [4..<8])
        #expect(try index.search("团队").hits.first?.highlights == [0..<9])
    }

    @Test("rank in best match, once for both readings")
    func ranked() throws {
        let index = try index(["用I nstagram", "用微信", "I nstagram和Instagram", "其他"])
        let hits = try index.search("Instagram", .any).hits
        #expect(hits.map(\.number).sorted() == [1, 3])
        #expect(try index.search("Instagram", .any, heals: false).hits.map(\.number) == [3])
        #expect(try ScoreTwin(index).any("Instagram 微信").count == 3)
    }

    @Test("count in a query and not in the next, of one engine", arguments: [SearchMode.any, .all, .exact])
    func alternating(mode: SearchMode) throws {
        let engine = try index(["用I nstagram", "用微信", "I nstagram和Instagram", "其他"]).engine()
        func found(heals: Bool) throws -> [Int] {
            let request = SearchRequest("Instagram", mode: mode, limit: 0, heals: heals)
            return try engine.hits(try engine.run(request)).map(\.number).sorted()
        }
        for _ in 0..<2 {
            #expect(try found(heals: true) == [1, 3])
            #expect(try found(heals: false) == [3])
        }
    }

    @Test("count every paragraph once")
    func counts() throws {
        let index = try index(["Lab和L ab", "L ab", "Lab"])
        let (hits, summary) = try index.search("lab")
        #expect(summary.hits == 3 && hits.count == 3)
        #expect(hits.filter(\.isHealed).map(\.number) == [2])
    }
}
