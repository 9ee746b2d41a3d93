import TestSupport
import Testing

@Suite("file names of all kinds")
struct FileNameTests {
    private static let notUTF8: [UInt8] = [0xFF, 0xC3, 0x28, 0xE4, 0xB8] + Array(".txt".utf8)

    private func run(_ playground: Playground, _ arguments: [[UInt8]]) -> Tool.Result {
        Tool.run(arguments, in: playground.directory.path)
    }

    private func bytes(_ texts: String...) -> [[UInt8]] { texts.map { Array($0.utf8) } }

    @Test("a name that is not UTF-8, met in a directory")
    func notUTF8InWalk() throws {
        let playground = Playground()
        playground.directory.write("清华大学\n".utf8, to: Array("articles/".utf8) + Self.notUTF8)
        #expect(playground.run("index", "articles").ending == .status(0))
        let article = try #require(playground.hits("清华")?.first)["article"]
        #expect(article["path_bytes"].byteArray == Array("articles/".utf8) + Self.notUTF8)
        #expect(article["id_bytes"].byteArray == Self.notUTF8)
        let paths = playground.run("search", "清华", "--format", "paths")
        #expect(paths.output == Array("articles/".utf8) + Self.notUTF8 + [0x0A])
        let trec = playground.run("search", "清华", "--format", "trec")
        #expect(trec.outputText.contains("清华 Q0 %FF%C3(%E4%B8.txt#1 1 "))
        // For people, on the other hand, it is text.
        let text = playground.run("search", "清华")
        #expect(String(validating: text.output, as: UTF8.self) != nil)
    }

    @Test("a name that is not UTF-8, given as an argument: of files, directories, the index and the batch")
    func notUTF8Arguments() {
        let playground = Playground()
        let directory: [UInt8] = Array("dir-".utf8) + [0xE4, 0xFF]
        playground.directory.write("清华大学\n".utf8, to: Self.notUTF8)
        playground.directory.write("北京大学\n".utf8, to: directory + Array("/一.txt".utf8))
        playground.directory.write("q1\t大学\n".utf8, to: [0xFE])
        let index = bytes("--index") + [[0x49, 0xFD]]
        #expect(run(playground, bytes("index") + [Self.notUTF8, directory] + index).ending == .status(0))
        #expect(playground.directory.read([0x49, 0xFD] + Array("/manifest".utf8)).count > 0)
        let search = run(playground, bytes("search", "--format", "paths", "--queries") + [[0xFE]] + index)
        #expect(search.ending == .status(0))
        #expect(
            search.output.split(separator: 0x0A).sorted { $0.lexicographicallyPrecedes($1) }.map { Array($0) }
                == [directory + Array("/一.txt".utf8), Self.notUTF8])
        let missing = run(playground, bytes("search", "大学", "--index") + [[0xFB]])
        #expect(missing.failed("no index at \u{FFFD}"))
        #expect(run(playground, bytes("remove") + [Self.notUTF8] + index).ending == .status(0))
        #expect(run(playground, bytes("remove") + [Self.notUTF8] + index).ending == .status(1))
        #expect(run(playground, bytes("remove") + [directory] + index).ending == .status(0))
    }

    @Test(
        "names with white space, marks and control characters",
        arguments: [
            "a b.txt", "tab\there.txt", "line\nbreak.txt", "100%.txt", "esc\u{1B}[31m.txt", "bidi\u{202E}txt.txt",
            "全　角.txt", "quote\"'\\.txt", "c1\u{9B}.txt", "\u{10FF41}.txt", "-n.txt", "#1.txt", "e\u{301}.txt",
        ])
    func strangeNames(name: String) throws {
        let playground = Playground([("articles/" + name, "清华大学\n")])
        #expect(playground.run("index", "articles/" + name, "--index", "by-name").ending == .status(0))
        #expect(playground.run("index", "articles").ending == .status(0))

        let article = try #require(playground.hits("清华")?.first)["article"]
        #expect(article["path"] == .string("articles/" + name) && article["id"] == .string(name))
        #expect(article["path_bytes"] == .null)

        for format in ["text", "tsv", "trec"] {
            let run = playground.run("search", "清华", "--format", format)
            #expect(run.ending == .status(0))
            #expect(run.outputLines.count == (format == "text" ? 2 : 1))
            // A TREC run is no reading matter: what turns writing round stays in it.
            let scalars = run.outputText.unicodeScalars.filter { format != "trec" || $0.value < 0x2000 }
            #expect(!scalars.contains(where: Self.isObeyed))
        }
        let fields = playground.run("search", "清华", "--format", "tsv").outputText.split(separator: "\t")
        #expect(fields.count == 7)
        let trec = playground.run("search", "清华", "--format", "trec").outputText.split(separator: " ")
        try #require(trec.count == 6)
        #expect(Self.decoded(trec[2]) == name + "#1")
        #expect(
            playground.run("search", "清华", "--format", "paths", "--index", "by-name").outputText
                == "articles/\(name)\n")
        #expect(playground.run("remove", "articles/" + name).ending == .status(0))
    }

    @Test("names in messages are harmless")
    func messages() {
        let playground = Playground([("articles/好.txt", "清华大学\n")])
        let run = playground.run("index", "articles", "no\u{1B}[31m\u{9B}\u{202E}\nsuch.txt")
        #expect(run.ending == .status(2))
        #expect(!run.errorText.unicodeScalars.contains(where: Self.isObeyed))
        #expect(run.errorLines.count == 2)
    }

    @Test("extensions decide, in any case; hidden files are passed over")
    func extensions() {
        let names = ["a.txt", "b.TXT", "c.Text", "d.md", "e.MARKDOWN", "f.doc", "g", ".h.txt", ".dir/i.txt", "txt"]
        let playground = Playground(names.map { ("articles/" + $0, "清华大学\n") })
        #expect(playground.run("index", "articles").ending == .status(0))
        #expect(playground.places("清华") == ["a.txt#1", "b.TXT#1", "c.Text#1", "d.md#1", "e.MARKDOWN#1"])
        // Named, a file is taken whatever its name.
        #expect(playground.run("index", "articles/g", "articles/.h.txt", "--index", "named").ending == .status(0))
        #expect(playground.places("清华", index: "named") == [".h.txt#1", "g#1"])
    }

    /// Control characters but for the line end, and the marks that turn writing round.
    private static func isObeyed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A: false
        case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }

    /// The text that percent-encoding made `encoded` of.
    private static func decoded(_ encoded: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(encoded.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"),
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
