import TestSupport
import Testing

@Suite("files in other encodings")
struct EncodingTests {
    /// 清华大学在北京，很大。 and 清華大學在北京，很大。, written out so that the test needs no converter.
    private static let gbk: [UInt8] = [
        0xC7, 0xE5, 0xBB, 0xAA, 0xB4, 0xF3, 0xD1, 0xA7, 0xD4, 0xDA, 0xB1, 0xB1, 0xBE, 0xA9, 0xA3, 0xAC, 0xBA, 0xDC,
        0xB4,
        0xF3, 0xA1, 0xA3,
    ]
    private static let big5: [UInt8] = [
        0xB2, 0x4D, 0xB5, 0xD8, 0xA4, 0x6A, 0xBE, 0xC7, 0xA6, 0x62, 0xA5, 0x5F, 0xA8, 0xCA, 0xA1, 0x41, 0xAB, 0xDC,
        0xA4,
        0x6A, 0xA1, 0x43,
    ]
    private static let wide: [UInt8] = "清华大学在北京，很大。".utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }

    private static func mixed() -> Playground {
        let playground = Playground([("articles/u.txt", "清华大学在北京，很大。\n")])
        let lead = Array("one line\r\n".utf8)
        playground.directory.write(lead + gbk + [0x0A], to: "articles/g.txt")
        playground.directory.write(lead + big5 + [0x0A], to: "articles/b.txt")
        let wideLead = Array("one line\r\n".utf16).flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        playground.directory.write(wideLead + wide, to: "articles/w.txt")
        playground.directory.write([0xFE, 0xFF] + wide, to: "articles/m.md")
        return playground
    }

    @Test("one directory may mix them all, and every hit points to bytes of its own file")
    func mixed() throws {
        let playground = Self.mixed()
        let run = playground.run("index", "articles")
        #expect(run.ending == .status(0) && run.errorLines.count == 1, "\(run.errorText)")
        let hits = try #require(playground.hits("清华大学", "--mode", "exact"))
        #expect(hits.count == 5)
        for hit in hits {
            let path = try #require(hit["article"]["path"].string)
            let range = hit["paragraph"]["bytes"].array.compactMap(\.integer)
            let source = Array(playground.directory.read(path)[range[0]..<range[1]])
            let expected = ["g": Self.gbk, "b": Self.big5, "w": Self.wide, "m": Self.wide]
            let letter = String(path.split(separator: "/")[1].prefix(1))
            #expect(source == expected[letter] ?? Array("清华大学在北京，很大。".utf8), "\(path)")
            let isSecond = ["g", "b", "w"].contains(letter)
            #expect(hit["paragraph"]["line"].integer == (isSecond ? 2 : 1), "\(path)")
        }
        #expect(playground.run("check").ending == .status(0))
        #expect(playground.run("index", "articles").errorText.hasPrefix("files: 5 unchanged;"))
    }

    @Test("a rule changes how a file is read, and back, and touches no other")
    func rules() {
        let playground = Self.mixed()
        playground.run("index", "articles")
        // The last match counts; Big5 read as GB18030 is other characters.
        #expect(playground.places("清华大学", "--mode", "exact")?.contains("b.txt#2") == true)
        let first = playground.run("index", "articles", "--encoding", "articles/b.*=gb2312")
        #expect(first.errorText.contains("files: 1 changed, 4 unchanged"), "\(first.errorText)")
        #expect(playground.places("清华大学", "--mode", "exact")?.contains("b.txt#2") == false)
        #expect(
            playground.run("index", "articles", "--encoding", "articles/b.*=cp936").errorText
                .contains("files: 5 unchanged"))
        let last = playground.run("index", "articles", "--encoding", "b.txt=GBK", "--encoding", "**/b.txt=Big5")
        #expect(last.errorText.contains("files: 1 changed, 4 unchanged"))
        #expect(playground.places("清华大学", "--mode", "exact")?.contains("b.txt#2") == true)
        #expect(playground.run("index", "articles").errorText.contains("files: 1 changed, 4 unchanged"))
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("names and rules that mean nothing are refused before anything is indexed")
    func badRules() {
        let playground = Self.mixed()
        let unknown = playground.run("index", "articles", "--encoding", "*.txt=klingon")
        #expect(unknown.failed("no encoding \"klingon\"", "GB18030", "Big5"))
        for rule in ["GBK", "=GBK", "*.txt="] {
            #expect(playground.run("index", "articles", "--encoding", rule).ending == .status(2))
        }
        #expect(playground.run("search", "清华").failed("no index"))
    }

    @Test("strict after lenient looks again at files with replacements, and keeps what it had")
    func strictAfterLenient() {
        let playground = Self.mixed()
        playground.directory.write(Self.gbk + [0xFF, 0x0A], to: "articles/g.txt")
        let lenient = playground.run("index", "articles")
        #expect(lenient.ending == .status(0))
        #expect(lenient.errorText.contains("articles/g.txt: 1 byte is not GB18030, at byte 22; replaced by U+FFFD"))
        #expect(playground.run("index", "articles").errorText.hasPrefix("files: 5 unchanged"))
        let strict = playground.run("index", "articles", "--strict")
        #expect(strict.ending == .status(2))
        #expect(strict.errorText.contains("at byte 22; refused because of --strict"))
        #expect(strict.errorText.contains("what was indexed of it before is kept"))
        #expect(playground.places("清华大学", "--mode", "exact")?.contains("g.txt#1") == true)
        playground.directory.write(Self.gbk + [0x0A], to: "articles/g.txt")
        #expect(
            playground.run("index", "articles", "--strict").errorText.hasPrefix("files: 1 changed, 4 unchanged"))
        #expect(playground.run("index", "articles", "--strict").errorText.hasPrefix("files: 5 unchanged"))
    }

    @Test("inspect and why read a file by the same rules as index")
    func rulesEverywhere() {
        let playground = Self.mixed()
        let rule = ["--encoding", "articles/b.*=gb2312"]
        func run(_ arguments: [String]) -> Tool.Result {
            Tool.run(arguments.map { Array($0.utf8) }, in: playground.directory.path, seconds: 30)
        }
        let file = "articles/b.txt"
        #expect(run(["inspect", file]).outputText.contains("Big5"))
        #expect(run(["inspect", file] + rule).outputText.contains("GB18030"))
        #expect(run(["why", "清华大学", file]).ending == .status(0))
        #expect(run(["why", "清华大学", file] + rule).ending == .status(1))
    }

    @Test("a rule that no file matches is pointed out, and costs nothing")
    func unusedRule() {
        let playground = Playground([("articles/a.txt", "清华大学")])
        let run = playground.run("index", "articles", "--encoding", "*.gbk=GBK", "--encoding", "*.txt=UTF-8")
        #expect(run.ending == .status(0))
        #expect(run.errorText.contains(#"warning: --encoding: no file matches the pattern "*.gbk""#))
        #expect(!run.errorText.contains(#""*.txt""#))
    }

    /// A line in GB18030 and one in UTF-8, of one text.
    private static func mixedLines() -> Playground {
        let playground = Playground()
        var bytes: [UInt8] = []
        for (id, text) in [("g", gbk), ("u", Array("清华大学在北京，很大。".utf8)), ("h", gbk)] {
            bytes += Array("{\"id\":\"\(id)\",\"text\":\"".utf8)
            bytes += text
            bytes += Array("\"}\n".utf8)
        }
        playground.directory.write(bytes, to: "mx.jsonl")
        return playground
    }

    @Test("lines of a file in different encodings are found, with a warning, and every command reads them alike")
    func mixedJSONLines() throws {
        let playground = Self.mixedLines()
        let warning =
            "mx.jsonl: 1 line was read as UTF-8 (line 2), the others as GB18030; "
            + "if that is wrong, name the encoding with --encoding"
        let run = playground.run("index", "mx.jsonl", "--strict")
        #expect(run.ending == .status(0))
        #expect(run.errorLines.count == 2 && run.errorLines[0].hasPrefix("suoyin: warning: "), "\(run.errorText)")
        #expect(run.errorLines[0].hasSuffix(warning), "\(run.errorText)")
        let hits = try #require(playground.hits("清华大学", "--mode", "exact"))
        #expect(hits.count == 3)
        for hit in hits {
            let range = hit["paragraph"]["bytes"].array.compactMap(\.integer)
            let source = Array(playground.directory.read("mx.jsonl")[range[0]..<range[1]])
            let isUTF8 = hit["article"]["id"].string == "u"
            #expect(source == (isUTF8 ? Array("清华大学在北京，很大。".utf8) : Self.gbk))
            #expect(hit["paragraph"]["text"].string == "清华大学在北京，很大。")
        }
        #expect(playground.run("check").ending == .status(0))
        #expect(playground.run("index", "mx.jsonl").errorText.hasPrefix("files: 1 unchanged"))

        playground.write(
            playground.run("search", "清华大学", "--format", "jsonl", "--limit", "0").outputText, to: "hits.jsonl")
        let check = playground.run("cite", "--check", "hits.jsonl", "--format", "jsonl")
        #expect(check.ending == .status(0), "\(check.errorText)")
        let statuses = check.output.split(separator: 0x0A).compactMap { StrictJSON($0)?["status"].string }
        #expect(statuses == Array(repeating: "holds", count: 3), "\(check.outputText)")

        let inspection = playground.run("inspect", "mx.jsonl")
        #expect(inspection.outputText.contains("GB18030") && inspection.errorText.contains(warning))
        let why = playground.run("why", "清华大学", "mx.jsonl")
        #expect(why.ending == .status(0) && why.errorText.contains(warning), "\(why.errorText)")
    }

    @Test("an encoding named holds for all lines of a file, without a warning")
    func mixedJSONLinesNamed() {
        let playground = Self.mixedLines()
        let run = playground.run("index", "mx.jsonl", "--encoding", "mx.jsonl=GBK")
        #expect(run.ending == .status(0) && !run.errorText.contains("read as"), "\(run.errorText)")
        #expect(playground.places("清华大学", "--mode", "exact") == ["g#1", "h#1"])
    }
}
