import Articles
import Model
import TestSupport
import Testing

@Suite("EPUB")
struct EPUBTests {
    private func article(_ zip: ZipFile) throws -> Article {
        let file = try ReadFile(zip.bytes, as: "书.epub")
        try #require(file.articles.count == 1 && file.problems.isEmpty, "\(file.problems)")
        return file.articles[0]
    }

    /// What the file gives in place of an article.
    private func error(_ zip: ZipFile) -> ArticlesError? {
        do {
            _ = try ReadFile(zip.bytes, as: "书.epub")
            return nil
        } catch { return error as? ArticlesError }
    }

    @Test("chapters in the order of the spine; title and date of the package", arguments: ["2.0", "3.0"])
    func book(version: String) throws {
        let zip = SampleDocuments.epub(
            ["<h1>第一章</h1><p>清华大学的<b>故事</b>。</p>", "<ul><li>甲</li></ul><p>乙<br/>丙</p>"], version: version)
        let article = try article(zip)
        #expect(article.titleText == "书名")
        #expect(article.date == Array("2021-05-06".utf8))
        #expect(article.texts == ["第一章", "清华大学的故事。", "甲", "乙\n丙"])
        #expect(article.paragraphs.map(\.kind) == [.heading, .text, .listItem, .text])
        #expect(article.paragraphs.map(\.source.part) == [1, 1, 2, 2].map { .chapter($0) })
    }

    @Test("bytes and lines are those of the chapter's own file, unpacked")
    func places() throws {
        let zip = SampleDocuments.epub(["<p>甲&amp;乙</p>\n<p>丙</p>", "<p>丁</p>"])
        for paragraph in try article(zip).paragraphs {
            let number = try #require(paragraph.source.part?.number)
            let chapter = zip["OEBPS/text/c\(number).xhtml"].bytes
            let source = String(decoding: chapter[paragraph.source.bytes], as: UTF8.self)
            #expect(["甲&amp;乙", "丙", "丁"].contains(source))
            let line = 1 + chapter[..<paragraph.source.bytes.lowerBound].count { $0 == 0x0A }
            #expect(paragraph.source.line == line)
        }
    }

    @Test("chapters are numbered by their place in the spine; images have one, and a file given twice is read once")
    func spine() throws {
        var zip = SampleDocuments.epub(["<p>甲</p>", "<p>乙</p>"])
        let package = String(decoding: zip["OEBPS/book.opf"].bytes, as: UTF8.self)
            .replacing("<manifest>", with: #"<manifest><item id="i" href="i.jpg" media-type="image/jpeg"/>"#)
            .replacing("<spine>", with: #"<spine><itemref idref="i"/><itemref idref="c2"/><itemref idref="none"/>"#)
        zip["OEBPS/book.opf"].bytes = Array(package.utf8)
        let article = try article(zip)
        #expect(article.texts == ["乙", "甲"])
        #expect(article.paragraphs.map(\.source.part) == [.chapter(2), .chapter(4)])
    }

    @Test("references are percent-decoded, and what they spell above the root stays inside")
    func references() throws {
        var zip = SampleDocuments.epub(["<p>甲</p>", "<p>乙</p>"])
        zip.members[3].name = "OEBPS/第 一章.xhtml"
        let package = String(decoding: zip["OEBPS/book.opf"].bytes, as: UTF8.self)
            .replacing("text/c1.xhtml", with: "text/../%E7%AC%AC%20%E4%B8%80%E7%AB%A0.xhtml#top")
            .replacing("text/c2.xhtml", with: "../../../../OEBPS/./text/c2.xhtml")
        zip["OEBPS/book.opf"].bytes = Array(package.utf8)
        #expect(try article(zip).texts == ["甲", "乙"])
    }

    @Test("the main title; the date of publication; without either the first heading, then the file's name")
    func metadata() throws {
        let titles = """
            <dc:title id="a">副题</dc:title><dc:title id="b">正题</dc:title>
            <meta refines="#b" property="title-type">main</meta>
            <dc:date opf:event="modification">2020</dc:date><dc:date opf:event="publication">1998</dc:date>
            """
        let named = try article(SampleDocuments.epub(["<p>甲</p>"], metadata: titles))
        #expect(named.titleText == "正题")
        #expect(named.date == Array("1998".utf8))
        let untitled = try article(
            SampleDocuments.epub(["<p>甲</p><h2>第一章</h2>"], metadata: "<dc:title> </dc:title>"))
        #expect(untitled.titleText == "第一章")
        #expect(untitled.date.isEmpty)
        #expect(try article(SampleDocuments.epub(["<p>甲</p>"], metadata: "")).titleText == "书")
    }

    @Test("a chapter that is not well formed is read as HTML, one in another encoding decoded")
    func oddChapters() throws {
        var zip = SampleDocuments.epub(["<p>甲<p>乙", "<p>丙</p>"])
        let page = #"<?xml version="1.0" encoding="utf-16"?><html><body><p>丙丁</p></body></html>"#
        let utf16: [UInt8] =
            [0xFF, 0xFE]
            + page.utf16.flatMap { unit -> [UInt8] in [UInt8(truncatingIfNeeded: unit), UInt8(unit >> 8)] }
        zip["OEBPS/text/c2.xhtml"].bytes = utf16
        let article = try article(zip)
        #expect(article.texts == ["甲", "乙", "丙丁"])
        let source = article.paragraphs[2].source.bytes
        #expect(Array(utf16[source]) == [0x19, 0x4E, 0x01, 0x4E])
    }

    @Test("a chapter that cannot be read is left out and named, the others are there")
    func badChapters() throws {
        let good = SampleDocuments.epub(["<p>甲</p>", "<p>乙</p>"])
        let name = "OEBPS/text/c2.xhtml"
        typealias Case = (problem: ArticlesError.MemberProblem, change: (inout ZipFile) -> Void)
        let cases: [Case] = [
            (.missing, { $0.remove(name) }),
            (.damaged, { $0[name].hasWrongChecksum = true }),
            (.damaged, { $0[name].claimedSize = 1000 }),
            (.unknownMethod(12), { $0[name].claimedMethod = 12 }),
            (.encrypted, { $0[name].flags = 1 }),
            (.notText, { $0[name].bytes = [0x41, 0, 0x42, 0x80] }),
            (.tooComplex, { $0[name].bytes = Array(String(repeating: "<div>", count: 5000).utf8) }),
        ]
        for (problem, change) in cases {
            var zip = good
            change(&zip)
            let file = try ReadFile(zip.bytes, as: "书.epub")
            #expect(file.articles[0].texts == ["甲"])
            #expect(file.problems.count == 1 && file.problems[0].concernsOnePart)
            if case .partLeftOut(_, Array(name.utf8), problem)? = file.problems.first {
            } else {
                Issue.record("\(file.problems), not \(problem)")
            }
        }
    }

    @Test("what a book cannot be read without")
    func badBooks() {
        let good = SampleDocuments.epub(["<p>甲</p>"])
        for name in ["META-INF/container.xml", "OEBPS/book.opf", "OEBPS/text/c1.xhtml"] {
            var zip = good
            zip.remove(name)
            if case .badMember(_, Array(name.utf8), .missing)? = error(zip) {} else { Issue.record("\(name)") }
            zip = good
            zip[name].bytes = [0, 1, 2, 3]
            #expect(error(zip) != nil)
        }
        #expect(error(SampleDocuments.epub([]))?.description.contains("no such document") == true)
    }

    @Test("a protected book is refused, one with hidden fonts is not")
    func protected() throws {
        func encryption(_ method: String, of member: String) -> ZipFile.Member {
            .init(
                "META-INF/encryption.xml",
                """
                <encryption xmlns:enc="http://www.w3.org/2001/04/xmlenc#"><enc:EncryptedData><enc:EncryptionMethod \
                Algorithm="\(method)"/><enc:CipherData><enc:CipherReference URI="\(member)"/></enc:CipherData>\
                </enc:EncryptedData></encryption>
                """)
        }
        var zip = SampleDocuments.epub(["<p>甲</p>"])
        zip.members.append(encryption("http://www.idpf.org/2008/embedding", of: "OEBPS/f.otf"))
        #expect(try article(zip).texts == ["甲"])
        zip.members[zip.members.count - 1] =
            encryption("http://www.w3.org/2001/04/xmlenc#aes128-cbc", of: "OEBPS/text/c1.xhtml")
        let refused = error(zip)
        if case .protected? = refused {} else { Issue.record("\(String(describing: refused))") }
        #expect(refused?.description.contains("DRM") == true)
    }

    @Test("bytes that mean nothing are replaced, or with --strict refused")
    func undecodable() throws {
        var zip = SampleDocuments.epub(["<p>甲乙丙丁</p>"])
        var page = Array("<html><body><p>清华大学的故事很长很长，写了一页又一页，还没有写完。".utf8)
        page += [0xFF] + Array("完</p></body></html>".utf8)
        zip["OEBPS/text/c1.xhtml"].bytes = page
        let file = try ReadFile(zip.bytes, as: "书.epub")
        #expect(file.articles[0].texts[0].contains("\u{FFFD}"))
        #expect(file.replacedBytes == 1 && file.problems.count == 1 && file.problems[0].isWarning)
        #expect(throws: ArticlesError.self) {
            try ReadFile(zip.bytes, as: "书.epub", DecodingOptions(isStrict: true))
        }
    }
}
