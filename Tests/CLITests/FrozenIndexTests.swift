import TestSupport
import Testing

/// An index as an earlier build wrote it, kept in `Frozen`: two segments of the current format, one with an article
/// deleted. Whoever changes the format has this to read still, or a version to raise and another index to freeze.
@Suite("an index that an earlier build wrote")
struct FrozenIndexTests {
    private static let files =
        ["manifest", "manifest-2.copy", "sources-2", "sources-2.copy", "segment-1.live-2", "segment-1.live-2.copy"]
        + [1, 2].flatMap { segment in
            ["terms", "postings", "positions", "articles", "paragraphs"].map { "segment-\(segment).\($0)" }
        }

    /// A copy of it.
    private func playground() throws -> Playground {
        let playground = Playground()
        let directory = projectRoot + "/Tests/CLITests/Frozen/"
        playground.directory.makeDirectory("Index")
        for name in Self.files {
            playground.directory.write(try #require(readFile(directory + name)), to: "Index/" + name)
        }
        return playground
    }

    private func places(_ playground: Playground, _ query: String, mode: String = "exact") -> [String]? {
        playground.places(query, "--mode", mode, "--limit", "0")
    }

    private func expectAnswers(_ playground: Playground) {
        #expect(places(playground, "清华大学")?.count == 151)
        #expect(places(playground, "字节跳动")?.count == 5)
        #expect(places(playground, "药店")?.count == 1)
        #expect(places(playground, "第149篇")?.count == 1)
        // What stood in the deleted article.
        #expect(places(playground, "报道") == [])
        #expect(places(playground, "字节 大桥", mode: "any")?.count == 157)
    }

    @Test("is sound, and says what it said")
    func read() throws {
        let playground = try playground()
        #expect(playground.run("check", "--quick").ending == .status(0))
        guard playground.run("search", "清华大学").ending == .status(0) else {
            // Another ICU may cut other words: then it is to be built anew, from its own text.
            #expect(playground.run("reindex").ending == .status(0))
            return expectAnswers(playground)
        }
        #expect(playground.run("check").ending == .status(0))
        expectAnswers(playground)
    }

    @Test("goes on from there")
    func write() throws {
        let playground = try playground()
        #expect(playground.run("reindex").ending == .status(0))
        expectAnswers(playground)
        playground.write("清华大学又一篇\n", to: "articles/新.txt")
        #expect(playground.run("index", "articles/新.txt").ending == .status(0))
        #expect(places(playground, "清华大学")?.count == 152)
        #expect(playground.run("merge").ending == .status(0))
        #expect(places(playground, "清华大学")?.count == 152)
        #expect(playground.run("check").ending == .status(0))
    }
}
