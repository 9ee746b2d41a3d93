import TestSupport
import Testing

/// An index whose files are cut short, altered or missing: `check` finds it whatever it is, `search` gives the
/// right hits or says which file is damaged, and nothing ever dies of it.
@Suite("a damaged index")
struct DamagedIndexTests {
    /// An index with all kinds of file: several segments, deleted articles, and postings too long for the
    /// dictionary.
    private static let sample: [(name: String, bytes: [UInt8])] = {
        let playground = Playground()
        for number in 0..<40 {
            let lines = (0..<5).map { "清华大学第\(number)号第\($0)段，人工智能与信息流产品 word\(number)。" }
            playground.write("第\(number)篇\n" + lines.joined(separator: "\n"), to: "articles/\(number).txt")
        }
        playground.run("index", "articles")
        playground.directory.remove("articles/7.txt")
        playground.write("后来的一篇\n清华大学后来的一段\n", to: "articles/later.txt")
        playground.run("index", "articles")
        return playground.directory.names(in: "Index").filter { $0 != "lock" }
            .map { ($0, playground.directory.read("Index/" + $0)) }
    }()

    /// Without second copies, which no search reads.
    private static let names: [String] = sample.map(\.name).filter { !$0.hasSuffix(".copy") }

    /// A copy of the index to damage.
    private static func copy() -> Playground {
        let playground = Playground()
        for file in sample { playground.directory.write(file.bytes, to: "Index/" + file.name) }
        return playground
    }

    private static let query = ["search", "清华大学 word11", "--mode", "any", "--limit", "0", "--format", "jsonl"]

    private static func search(_ playground: Playground) -> Tool.Result {
        Tool.run(query.map { Array($0.utf8) }, in: playground.directory.path)
    }

    private static let rightOutput: [UInt8] = search(copy()).output

    /// Whether the message names a file of the index.
    private static func namesAFile(_ run: Tool.Result) -> Bool {
        names.contains { run.errorText.contains("Index/\($0)") }
    }

    private func expectFound(_ playground: Playground, _ name: String, _ comment: Comment) {
        // What a quick check finds, the whole one does.
        let check = playground.run("check", "--quick")
        #expect(check.ending == .status(2), comment)
        #expect(check.errorText.contains("Index/\(name): "), "\(comment): \(check.errorText)")
    }

    @Test("the sample is sound, and has every kind of file")
    func soundSample() {
        #expect(Self.copy().run("check").ending == .status(0))
        for kind in [
            "manifest", "sources-2", "sources-2.copy", "manifest-2.copy", ".live-2.copy", ".terms", ".postings",
            ".positions", ".articles", ".paragraphs", ".live-2",
        ] {
            #expect(Self.sample.contains { $0.name.hasSuffix(kind) })
        }
        // 38 articles of 5 paragraphs, and the later one.
        #expect(Self.rightOutput.split(separator: 0x0A).count > 190)
    }

    @Test("cut short: always an error that names the file", arguments: names)
    func truncated(name: String) throws {
        let playground = Self.copy()
        let bytes = try #require(Self.sample.first { $0.name == name }).bytes
        let places = [0, 1, 39, 40, 55, 56, bytes.count / 3, bytes.count / 2, bytes.count - 17, bytes.count - 1]
        for length in Set(places).sorted() where length < bytes.count && length >= 0 {
            playground.directory.write(bytes[..<length], to: "Index/" + name)
            let search = Self.search(playground)
            #expect(search.failed("Index/\(name): "), "cut to \(length) bytes: \(search.errorText)")
            expectFound(playground, name, "cut to \(length) bytes")
        }
    }

    @Test("grown: always an error that names the file", arguments: names)
    func grown(name: String) throws {
        let playground = Self.copy()
        let bytes = try #require(Self.sample.first { $0.name == name }).bytes
        playground.directory.write(bytes + [0], to: "Index/" + name)
        #expect(Self.search(playground).failed("Index/\(name): "))
        expectFound(playground, name, "one byte more")
        playground.directory.write(bytes + bytes, to: "Index/" + name)
        #expect(Self.search(playground).ending == .status(2))
        expectFound(playground, name, "twice the file")
    }

    @Test("missing: always an error that names the file", arguments: names)
    func missing(name: String) {
        let playground = Self.copy()
        playground.directory.remove("Index/" + name)
        let search = Self.search(playground)
        // A second copy stands in for the manifest.
        #expect(name == "manifest" ? search.ending == .status(0) : search.failed("Index/\(name)"))
        let check = playground.run("check")
        #expect(check.ending == .status(2) && check.errorText.contains("Index/\(name)"))
    }

    @Test("another file of the index in its place", arguments: names)
    func swapped(name: String) throws {
        let playground = Self.copy()
        let index = try #require(Self.names.firstIndex(of: name))
        let other = Self.names[(index + 1) % Self.names.count]
        playground.directory.write(playground.directory.read("Index/" + other), to: "Index/" + name)
        #expect(Self.search(playground).failed("Index/\(name): "))
        expectFound(playground, name, "swapped")
    }

    @Test("altered bytes", arguments: names, Seed.first(2))
    func altered(name: String, seed: Seed) throws {
        var generator = seed.generator()
        let playground = Self.copy()
        let bytes = try #require(Self.sample.first { $0.name == name }).bytes
        // Both ends hold what opening a file goes by; the rest is taken at random.
        let ends = [0, 8, 20, 24, 32, 36, bytes.count - 16, bytes.count - 8, bytes.count - 4, bytes.count - 1]
        let body = (0..<12).map { _ in generator.below(bytes.count) }
        // Places whose change gave an answer, but not the right one: every page is checked when it is first read.
        var wrong: [Int] = []
        for place in ends + body {
            var altered = bytes
            altered[place] ^= generator.pick([1, 0x80, 0xFF, 0x10])
            playground.directory.write(altered, to: "Index/" + name)
            let search = Self.search(playground)
            if search.ending == .status(2) {
                #expect(search.output.isEmpty && Self.namesAFile(search), "byte \(place): \(search.errorText)")
            } else {
                // 0 or 1, never a signal.
                #expect([.status(0), .status(1)].contains(search.ending), "byte \(place)")
                if search.output != Self.rightOutput { wrong.append(place) }
            }
            expectFound(playground, name, "byte \(place)")
        }
        #expect(wrong.isEmpty)
    }

    @Test(
        "a damaged index takes in nothing more, and its files stay as they are",
        arguments: ["manifest", "sources-2"])
    func writing(name: String) throws {
        let playground = Self.copy()
        var bytes = try #require(Self.sample.first { $0.name == name }).bytes
        bytes[bytes.count / 2] ^= 1
        playground.directory.write(bytes, to: "Index/" + name)
        playground.write("新文章\n", to: "articles/new.txt")
        let before = playground.directory.names(in: "Index")
        #expect(playground.run("index", "articles").failed("Index/\(name): "))
        #expect(playground.directory.names(in: "Index").filter { $0 != "lock" } == before)
    }
}
