import Model
import Suoyin
import TestSupport
import Testing

@Suite("Inspecting files")
struct InspectorTests {
    private func inspect(_ files: [String: [UInt8]], limit: Int = .max) throws -> [String: FileInspection] {
        let directory = TemporaryDirectory()
        for (name, bytes) in files { directory.write(bytes, to: name) }
        var reports: [String: FileInspection] = [:]
        try Inspector(findingLimit: limit).inspect(Path(directory.path)) { report in
            reports[String(decoding: report.path.name, as: UTF8.self)] = report
        }
        return reports
    }

    private func findings(_ text: String, as name: String = "a.txt") throws -> [String] {
        let report = try #require(try inspect([name: Array(text.utf8)])[name])
        return report.findings.map { "\($0.kind.name) \($0.line): \($0.text)" }
    }

    @Test("noise, with the line that it stands on")
    func noise() throws {
        let text = "第一段。\r\n團(tuán)隊用K im i，\r\n　　Ki mi与 I nstagram</p>\r\n\u{200B}字&nbsp;节"
        #expect(
            try findings(text) == [
                "gloss 2: (tuán)", "tear 2: K im i", "tag 3: </p>", "tear 3: Ki mi", "tear 3: I nstagram",
                "invisible 4: \u{200B}", "entity 4: &nbsp;",
            ])
    }

    @Test("torn words are shown whole, each once")
    func tears() throws {
        #expect(try findings("在A I L a b重组，70 0 0万") == ["tear 1: A I", "tear 1: L a b", "tear 1: 70 0 0"])
    }

    @Test("paragraphs that occur twice, in whatever spelling, and whose first place is passed over")
    func duplicates() throws {
        let text = "清华大学计算机系招聘。\n短的。\n短的。\n清華大學計算機系招聘。\n清华大学计算机系招聘。"
        #expect(try findings(text).count { $0.hasPrefix("duplicate") } == 2)
        let reports = try inspect([
            "a.txt": Array("清华大学计算机系招聘。".utf8), "b.md": Array("# 题\n\n清华大学计算机系招聘。\n".utf8),
        ])
        #expect(reports["a.txt"]?.counts == [:])
        #expect(reports["b.md"]?.findings.map(\.line) == [3])
    }

    @Test("encodings, replaced bytes, and what cannot be read")
    func encodings() throws {
        let gbk: [UInt8] = [0xC7, 0xE5, 0xBB, 0xAA, 0xB4, 0xF3, 0xD1, 0xA7, 0xA1, 0xA3]
        let reports = try inspect([
            "gbk.txt": gbk, "bad.txt": Array("清华大学的一天。".utf8) + [0xFF] + Array("清华大学的一天。".utf8),
            "nul.txt": Array("清华".utf8) + [0], "u16.txt": [0xFE, 0xFF, 0x6E, 0x05, 0x53, 0x4E],
        ])
        #expect(reports["gbk.txt"]?.encoding?.name == "GB18030")
        #expect(reports["gbk.txt"].map { (50...99).contains($0.encoding?.confidence ?? 0) } == true)
        #expect(reports["bad.txt"]?.encoding?.name == "UTF-8" && reports["bad.txt"]?.replacedBytes == 1)
        #expect(reports["nul.txt"]?.problems.count == 1 && reports["nul.txt"]?.articles == 0)
        #expect(reports["u16.txt"]?.encoding?.name == "UTF-16BE")
        #expect(reports["u16.txt"]?.encoding?.origin == "byteOrderMark")
    }

    @Test("all findings are counted, and no more kept than asked for")
    func limit() throws {
        let text = String(repeating: "團(tuán)隊\n", count: 30)
        let report = try #require(try inspect(["a.txt": Array(text.utf8)], limit: 4)["a.txt"])
        #expect(report.counts == [.noise(.gloss): 30] && report.findings.count == 4)
        #expect(report.findings.map(\.line) == [1, 2, 3, 4])
    }
}
