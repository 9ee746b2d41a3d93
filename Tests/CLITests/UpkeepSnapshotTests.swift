import Bytes
import TestSupport
import Testing

@Suite("check, its repairs, reindex and snapshot, word for word")
struct UpkeepSnapshotTests {
    /// Changes a byte in the middle of a file.
    private func damage(_ name: String, _ playground: Playground) {
        var bytes = playground.directory.read("Index/" + name)
        bytes[bytes.count / 2] ^= 0x40
        playground.directory.write(bytes, to: "Index/" + name)
    }

    /// Two segments: the second of a file that came later, which also replaced the first segment's deletions.
    private func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        playground.write("后来的一篇\n清华大学后来的一段\n", to: "articles/后来.txt")
        playground.directory.remove("articles/notes/模型.md")
        playground.run("index", "articles")
        return playground
    }

    /// All hits without their scores, in which deleted articles count until their segment is built anew.
    private func hits(_ playground: Playground, _ query: String..., index: String = "Index") -> [String] {
        let run = Tool.run(
            (["search", "--format", "jsonl", "--limit", "0", "--index", index] + query).map { Array($0.utf8) },
            in: playground.directory.path)
        #expect(run.ending == .status(0), "\(run.errorText)")
        return run.outputLines.map { $0.replacing(#/"rank":\d+,"score":[\d.]+,/#, with: "") }.sorted()
    }

    @Test("every kind of damage: what it is, what it means, what to do, and what a repair does about it")
    func repair() throws {
        let playground = indexed()
        var transcript = Transcript(playground)
        transcript.run("check", "--quick")
        transcript.run("check", "--repair")

        let before = hits(playground, "清华大学")
        for name in ["manifest", "sources-2", "manifest-2.copy", "segment-1.live-2", "segment-1.terms"] {
            if !playground.directory.exists("Index/" + name) { continue }
            damage(name, playground)
            transcript.run("check")
            transcript.run("search", "清华大学", "--format", "paths")
            transcript.run("check", "--repair")
            #expect(hits(playground, "清华大学") == before, "\(name)")
        }
        // The text itself: its files are printed, and indexing these makes the index what it was.
        let name = try #require(
            playground.directory.names(in: "Index").filter { $0.hasSuffix(".paragraphs") }.last)
        damage(name, playground)
        transcript.run("check")
        let repaired = playground.run("check", "--repair")
        #expect(repaired.ending == .status(0) && !repaired.outputLines.isEmpty)
        let again = Tool.run(
            (["index"] + repaired.outputLines).map { Array($0.utf8) }, in: playground.directory.path)
        #expect(again.ending == .status(0))
        #expect(again.errorText.hasPrefix("files: \(repaired.outputLines.count) changed"))
        #expect(hits(playground, "清华大学") == before)
        transcript.run("check")
        // A run over the directory finds nothing to do any more.
        #expect(playground.run("index", "articles").errorText.hasPrefix("files: 3 unchanged"))
        transcript.compare("repair")
    }

    @Test("what cannot be repaired")
    func beyondRepair() {
        let playground = indexed()
        var transcript = Transcript(playground)
        for name in ["sources-2", "sources-2.copy"] { damage(name, playground) }
        transcript.run("check")
        transcript.run("check", "--repair")
        for name in ["manifest", "manifest-2.copy"] { damage(name, playground) }
        transcript.run("check", "--repair")
        transcript.run("check", "--repair", "--quick")
        transcript.run("check", "--wait")
        transcript.compare("beyond-repair")
    }

    @Test("a manifest that is gone comes back")
    func missingManifest() {
        let playground = indexed()
        playground.write("清华大学又一篇\n", to: "articles/又.txt")
        #expect(playground.run("index", "articles").ending == .status(0))
        let before = hits(playground, "清华大学")
        playground.directory.remove("Index/manifest")
        // Nothing is lost to searches, nor to a writer, but a check says so.
        #expect(hits(playground, "清华大学") == before)
        let check = playground.run("check")
        #expect(check.ending == .status(2) && check.errorText.contains("Index/manifest"))
        #expect(playground.run("check", "--repair").ending == .status(0))
        #expect(playground.run("check").ending == .status(0))
        #expect(hits(playground, "清华大学") == before)
        // But none is made where there was none.
        #expect(playground.run("check", "--repair", "--index", "none").ending == .status(2))
        #expect(!playground.directory.exists("none"))
    }

    @Test("reindex: the same answers, by another analyzer, without the files")
    func reindex() {
        let playground = indexed()
        func answers() -> [[String]] {
            ["清华大学", "人工智能", "字节", "團隊"].map { hits(playground, $0) + hits(playground, $0, "--mode", "any") }
        }
        let before = answers()
        // The generation, u64, then the analyzer's name and its length before.
        for name in ["manifest", "manifest-2.copy"] {
            let file = playground.directory.read("Index/" + name)
            var content = Array(file[..<Envelope.contentLength(ofFile: file.count)])
            content[Envelope.headerSize + 8 + 1 + 7] = UInt8(ascii: "0")
            playground.directory.write(Envelope.sealed(content), to: "Index/" + name)
        }
        var transcript = Transcript(playground)
        transcript.run("search", "清华大学")
        transcript.run("check")
        transcript.run("reindex")
        transcript.run("check")
        transcript.run("reindex")
        transcript.run("reindex", "--index", "none")
        transcript.compare("reindex")
        #expect(answers() == before)
        #expect(playground.run("index", "articles").errorText.hasPrefix("files: 3 unchanged"))
        playground.directory.remove("articles")
        #expect(playground.run("reindex").ending == .status(0))
        #expect(answers() == before)
    }

    @Test("snapshot: an index of its own")
    func snapshot() {
        let playground = indexed()
        let before = hits(playground, "清华大学")
        var transcript = Transcript(playground)
        transcript.run("snapshot", "copies/one")
        transcript.run("check", "--index", "copies/one")
        transcript.run("snapshot", "copies/one")
        transcript.run("snapshot", "articles")
        transcript.run("snapshot", "copies/two", "--index", "none")
        #expect(!playground.directory.exists("copies/two"))
        #expect(hits(playground, "清华大学", index: "copies/one") == before)
        transcript.run("remove", "articles", "--index", "copies/one")
        #expect(hits(playground, "清华大学") == before)
        // A damaged index is not copied, and nothing is left of the attempt.
        damage("segment-1.paragraphs", playground)
        transcript.run("snapshot", "copies/three")
        #expect(playground.directory.names(in: "copies") == ["one"])
        transcript.compare("snapshot")
    }

    @Test("an index may be moved and copied as a directory")
    func moved() {
        let playground = indexed()
        let before = hits(playground, "清华大学")
        for name in playground.directory.names(in: "Index") {
            playground.directory.write(playground.directory.read("Index/" + name), to: "far/away/" + name)
        }
        playground.directory.remove("Index")
        #expect(
            hits(playground, "清华大学", index: "far/away") == before)
        #expect(playground.run("check", "--index", "far/away").ending == .status(0))
        #expect(
            playground.run("index", "articles", "--index", "far/away").errorText.hasPrefix("files: 3 unchanged"))
        #expect(playground.run("merge", "--index", "far/away").ending == .status(0))
        #expect(
            hits(playground, "清华大学", index: "far/away") == before)
    }
}
