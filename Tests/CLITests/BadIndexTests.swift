import Bytes
import TestSupport
import Testing

@Suite("an index that cannot be used")
struct BadIndexTests {
    @Test(
        "no index yet: the message says how to make one",
        arguments: [["search", "清华"], ["status"], ["check"], ["remove", "articles"]])
    func noIndex(command: [String]) {
        let playground = Playground(Playground.articles)
        for environment in [[:], ["SUOYIN_INDEX": "other/place"]] {
            let place = environment["SUOYIN_INDEX"] ?? "Index"
            let run = Tool.run(
                command.map { Array($0.utf8) }, in: playground.directory.path, environment: environment)
            #expect(run.failed("no index at \(place)", "suoyin index PATH --index \(place)"))
            // Asking made nothing.
            #expect(!playground.directory.exists(place))
        }
    }

    @Test(
        "something else is in the index's place", arguments: [["index", "articles"], ["search", "清华"], ["check"]])
    func fileInTheWay(command: [String]) {
        let playground = Playground(Playground.articles)
        playground.write("not a directory", to: "Index")
        #expect(
            Tool.run(command.map { Array($0.utf8) }, in: playground.directory.path).failed(
                "Index", "Not a directory"))
        #expect(playground.directory.read("Index") == Array("not a directory".utf8))
    }

    @Test("a directory that may not be written to", .disabled(if: isRoot, "root may write anywhere"))
    func unwritable() {
        let playground = Playground(Playground.articles)
        playground.directory.makeDirectory("locked")
        playground.directory.setMode(0o555, of: "locked")
        #expect(playground.run("index", "articles", "--index", "locked").failed("locked", "permissions"))
        #expect(
            playground.run("index", "articles", "--index", "locked/deeper").failed("locked/deeper", "permissions"))
        #expect(playground.run("index", "articles").ending == .status(0))
        playground.directory.setMode(0o555, of: "Index")
        #expect(playground.run("search", "清华").ending == .status(0))
    }

    /// The version of the manifest that the program writes.
    private static let version: UInt32 = 3

    /// Writes the manifest anew after `change`, with checksums that are right.
    private func rewriteManifest(
        _ playground: Playground, version: UInt32 = Self.version, _ change: (inout [UInt8]) -> Void
    ) {
        let manifest = playground.directory.read("Index/manifest")
        var body = Array(manifest[Envelope.headerSize..<Envelope.contentLength(ofFile: manifest.count)])
        change(&body)
        let file = Envelope.file(kind: "manifest", version: version, owner: 0, body: body)
        playground.directory.write(file, to: "Index/manifest")
        playground.directory.write(file, to: "Index/manifest-1.copy")
    }

    @Test("made by another analyzer: refused by all that would give other answers")
    func otherAnalyzer() {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        // The generation, u64, then the analyzer's name and its length before.
        rewriteManifest(playground) { $0[9 + 7] = UInt8(ascii: "9") }
        let search = playground.run("search", "清华")
        #expect(
            search.failed(
                "the index at Index was made with suoyin-9", "with suoyin-", "`suoyin reindex --index Index`")
        )
        let index = playground.run("index", "articles")
        #expect(index.failed("the index at Index was made with suoyin-9", "`suoyin reindex --index Index`"))
        let status = playground.run("status")
        #expect(status.ending == .status(0) && status.outputText.contains("analyses text differently"))
        #expect(playground.run("check").ending == .status(0))
    }

    @Test(
        "written in another version of the format",
        arguments: [["search", "清华"], ["status"], ["check"], ["index", "articles"]])
    func otherVersion(command: [String]) {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        rewriteManifest(playground, version: Self.version + 1) { _ in }
        let run = Tool.run(command.map { Array($0.utf8) }, in: playground.directory.path)
        #expect(
            run.failed(
                "Index/manifest: format version \(Self.version + 1), this build reads version \(Self.version)",
                "again into a new directory"))
    }

    @Test("another writer at work: the message names its process, and nothing changes")
    func secondWriter() {
        let playground = Playground([("articles/一.txt", "清华大学\n")])
        playground.run("index", "articles")
        playground.write("清华大学\n", to: "articles/二.txt")
        do {
            let lock = HeldLock(playground.directory.path(of: "Index/lock"), owner: "\(processID)\n")
            for command in [["index", "articles"], ["remove", "articles"]] {
                let run = Tool.run(command.map { Array($0.utf8) }, in: playground.directory.path)
                #expect(run.failed("Index is being written by process \(processID)", "run this again"))
            }
            // Readers do not mind a writer.
            #expect(playground.places("清华大学") == ["一.txt#1"])
            #expect(playground.run("check").ending == .status(0))
            #expect(playground.run("status").ending == .status(0))
            withExtendedLifetime(lock) {}
        }
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.places("清华大学") == ["一.txt#1", "二.txt#1"])
    }

    @Test("files of others in the index's directory are left alone")
    func strangers() {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        playground.write("mine", to: "Index/notes.txt")
        playground.write("left behind", to: "Index/segment-77.terms")
        playground.write("left behind", to: "Index/manifest.new")
        #expect(playground.run("check").ending == .status(0))
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.directory.exists("Index/notes.txt"))
        // What only this program could have left is cleaned up.
        #expect(!playground.directory.exists("Index/segment-77.terms"))
        #expect(!playground.directory.exists("Index/manifest.new"))
    }
}
