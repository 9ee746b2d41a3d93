import Articles
import Model
import TestSupport
import Testing

/// Archives that are none, or worse. All are EPUBs by their names; a .docx goes the same way.
@Suite("Zip archives")
struct ArchiveTests {
    private func error(_ bytes: [UInt8], as name: String = "书.epub") -> String {
        do {
            let file = try ReadFile(bytes, as: name)
            return "read: \(file.articles.count)"
        } catch { return "\(error)" }
    }

    @Test("what is no archive is said to be none", arguments: ["书.epub", "文.docx"])
    func notAZip(name: String) {
        let good = SampleDocuments.epub(["<p>甲</p>"]).bytes
        let others: [[UInt8]] = [[], [0x50, 0x4B, 3, 4], Array("清华大学\n".utf8), Array(good.prefix(good.count / 2))]
        for bytes in others {
            #expect(error(bytes, as: name).contains("no zip archive, or one cut short; get it anew"))
        }
        let compound = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
        #expect(error(compound, as: name).contains("password"))
    }

    @Test(
        "an archive whose parts are said to lie anywhere is read or refused",
        arguments: [UInt64.max, 1 << 63, UInt64(Int.max), 1 << 40])
    func farAway(offset: UInt64) {
        func integer(_ value: some FixedWidthInteger) -> [UInt8] {
            unsafe withUnsafeBytes(of: value.littleEndian) { unsafe Array($0) }
        }
        // The locator of the directory's end, and the end of the old kind behind it.
        let locator: [UInt8] =
            Array("PK".utf8) + [6, 7] + integer(UInt32(0)) + integer(offset) + integer(UInt32(1))
        let end: [UInt8] = Array("PK".utf8) + [5, 6] + [UInt8](repeating: 0xFF, count: 16) + [0, 0]
        for front in [0, 100, 40_000] {
            #expect(error([UInt8](repeating: 0x20, count: front) + locator + end, as: "文.docx").contains("文.docx"))
        }
    }

    @Test("bytes before the archive do no harm")
    func prefixed() throws {
        let bytes = Array("#!/bin/sh\n".utf8) + SampleDocuments.epub(["<p>甲</p>"]).bytes
        #expect(try ReadFile(bytes, as: "书.epub").articles[0].texts == ["甲"])
    }

    @Test("an archive that unpacks to more than anyone writes is refused before it is unpacked, or while it is")
    func bomb() {
        let size = 65 << 20
        var zip = SampleDocuments.epub(["<p>甲</p>"])
        zip["OEBPS/text/c1.xhtml"].bytes = [UInt8](repeating: 0x20, count: size)
        #expect(zip.bytes.count < 1 << 20)
        #expect(error(zip.bytes).contains("unpacks to more than 64 MB"))
        // One that lies of its size is not unpacked any further than it says.
        zip["OEBPS/text/c1.xhtml"].claimedSize = 100
        #expect(error(zip.bytes).contains("c1.xhtml in it is damaged"))
    }

    @Test("so is one whose members do so together")
    func manyBombs() {
        var zip = SampleDocuments.epub((0..<9).map { _ in "" })
        // No text, so that the time is not that of reading it.
        for number in 1...9 {
            zip["OEBPS/text/c\(number).xhtml"].bytes = [UInt8](repeating: 0, count: 8 << 20)
        }
        #expect(error(zip.bytes).contains("unpacks to more than 64 MB"))
    }

    @Test("names are only names")
    func names() throws {
        let secret = TemporaryDirectory()
        secret.write("<p>秘密</p>".utf8, to: "secret.xhtml")
        var zip = SampleDocuments.epub(["<p>甲</p>", "<p>乙</p>"])
        let package = String(decoding: zip["OEBPS/book.opf"].bytes, as: UTF8.self)
            .replacing("text/c2.xhtml", with: "../../../../../../../.." + secret.path + "/secret.xhtml")
        zip["OEBPS/book.opf"].bytes = Array(package.utf8)
        zip.members.append(.init("../../../../tmp/suoyin-test-escaped", "x"))
        let file = try ReadFile(zip.bytes, as: "书.epub")
        #expect(file.articles[0].texts == ["甲"])
        #expect(file.problems.map(\.description).joined().contains("secret.xhtml in it is missing"))
        #expect(!secret.exists("../suoyin-test-escaped"))
    }
}
