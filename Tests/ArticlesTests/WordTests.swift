import Articles
import Model
import TestSupport
import Testing

@Suite("DOCX")
struct WordTests {
    private func article(_ zip: ZipFile) throws -> Article {
        let file = try ReadFile(zip.bytes, as: "文.docx")
        try #require(file.articles.count == 1)
        #expect(file.problems.isEmpty)
        return file.articles[0]
    }

    private func texts(_ body: String) throws -> [String] { try article(SampleDocuments.docx(body)).texts }

    private func paragraph(_ text: String, style: String? = nil) -> String {
        SampleDocuments.wordParagraph(text, style: style)
    }

    @Test("paragraphs, joined runs, tabs and line breaks")
    func runs() throws {
        #expect(
            try texts(
                """
                <w:p><w:r><w:t>清华</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>大学</w:t></w:r></w:p><w:p/>
                <w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr><w:r><w:t xml:space="preserve">甲 </w:t>
                <w:t>b</w:t><w:tab/><w:t>c</w:t><w:br/><w:t>乙&amp;</w:t><w:noBreakHyphen/></w:r></w:p>
                """) == ["清华大学", "甲 b c\n乙&-"])
    }

    @Test("deleted text and codes of fields are left out, inserted text and results of fields kept")
    func revisions() throws {
        #expect(
            try texts(
                """
                <w:p><w:r><w:t>甲</w:t></w:r><w:del><w:r><w:delText>删</w:delText><w:t>删</w:t></w:r></w:del><w:ins><w:r>
                <w:t>增</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>移</w:t></w:r></w:moveFrom><w:r><w:fldChar/>
                <w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r><w:fldSimple w:instr="REF x"><w:r><w:t>表</w:t></w:r>
                </w:fldSimple><w:hyperlink><w:r><w:t>链</w:t></w:r></w:hyperlink></w:p>
                """) == ["甲增7表链"])
    }

    @Test("hidden text, readings of ruby and what stands in for a drawing are left out")
    func hidden() throws {
        #expect(
            try texts(
                """
                <w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>隐</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/></w:rPr>
                <w:t>显</w:t></w:r><w:r><w:ruby><w:rt><w:r><w:t>hàn</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>漢</w:t></w:r>
                </w:rubyBase></w:ruby></w:r></w:p><w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>文</w:t></w:r>
                </w:p><w:p><w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>\(paragraph("框"))
                </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>\(paragraph("框"))</w:txbxContent></mc:Fallback>
                </mc:AlternateContent></w:r><w:r><w:t>后</w:t></w:r></w:p>
                """) == ["显漢", "文", "框", "后"])
    }

    @Test("headings by the names of styles, by what styles are based on, and by outline; list items")
    func kinds() throws {
        let article = try article(
            SampleDocuments.docx(
                paragraph("一", style: "1") + paragraph("二", style: "own") + paragraph("三", style: "o")
                    + paragraph("四", style: "a")
                    + #"<w:p><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr><w:r><w:t>五</w:t></w:r></w:p>"#
                    + #"<w:p><w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr><w:r><w:t>六</w:t></w:r></w:p>"#
                    + #"<w:p><w:pPr><w:pStyle w:val="1"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:t>七</w:t></w:r></w:p>"#
                    + #"<w:p><w:pPr><w:outlineLvl w:val="2"/><w:pPrChange><w:pPr><w:pStyle w:val="a"/></w:pPr></w:pPrChange>"#
                    + "</w:pPr><w:r><w:t>八</w:t></w:r></w:p>"))
        #expect(article.texts == ["一", "二", "三", "四", "五", "六", "七", "八"])
        #expect(
            article.paragraphs.map(\.kind) == [
                .heading, .heading, .heading, .text, .listItem, .text, .text, .heading,
            ])
    }

    @Test("rows of tables are paragraphs; a table that lays out text is not one")
    func tables() throws {
        func cell(_ text: String) -> String { "<w:tc><w:tcPr/>\(text)</w:tc>" }
        let article = try article(
            SampleDocuments.docx(
                "<w:tbl><w:tr>\(cell(paragraph("甲")))\(cell(paragraph("乙")))</w:tr><w:tr>\(cell(paragraph("丙") + paragraph("丁")))"
                    + "\(cell(paragraph("戊")))</w:tr></w:tbl>" + paragraph("己")))
        #expect(article.texts == ["甲 | 乙", "丙", "丁", "戊", "己"])
        #expect(article.paragraphs.map(\.kind) == [.table, .text, .text, .text, .text])
        #expect(article.lines == [1, 3, 4, 5, 6])
    }

    @Test("notes follow the text; bytes go on from part to part, and lines are numbers of paragraphs")
    func notes() throws {
        let zip = SampleDocuments.docx(
            paragraph("甲&lt;") + "<w:p/>" + paragraph("乙"),
            footnotes: #"<w:footnote w:type="separator" w:id="0">\#(paragraph("线"))</w:footnote>"#
                + #"<w:footnote w:id="1">\#(paragraph("注"))</w:footnote>"#)
        let article = try article(zip)
        #expect(article.texts == ["甲<", "乙", "注"])
        #expect(article.lines == [1, 3, 4])
        let all = zip["word/document.xml"].bytes + zip["word/footnotes.xml"].bytes
        let sources = article.paragraphs.map { String(decoding: all[$0.source.bytes], as: UTF8.self) }
        #expect(sources == ["甲&lt;", "乙", "注"])
        #expect(article.paragraphs.allSatisfy { $0.source.part == nil })
    }

    @Test("title and date of the properties, else the first heading, else the file's name")
    func properties() throws {
        let body = paragraph("文") + paragraph("标题", style: "1")
        let named = try article(
            SampleDocuments.docx(
                body, properties: "<dc:title>题名</dc:title><dcterms:created>2024-05-06T00:00:00Z</dcterms:created>"))
        #expect(named.titleText == "题名")
        #expect(named.date == Array("2024-05-06T00:00:00Z".utf8))
        #expect(try article(SampleDocuments.docx(body, properties: "<dc:title/>")).titleText == "标题")
        #expect(try article(SampleDocuments.docx(paragraph("文"))).titleText == "文")
    }

    @Test("a document part of another name is found by its relation")
    func relations() throws {
        var zip = SampleDocuments.docx(paragraph("甲"))
        zip["word/document.xml"].name = "word/document2.xml"
        let relations = String(decoding: zip["_rels/.rels"].bytes, as: UTF8.self)
        zip["_rels/.rels"].bytes = Array(relations.replacing("word/document.xml", with: "/word/document2.xml").utf8)
        #expect(try article(zip).texts == ["甲"])
        zip.remove("_rels/.rels")
        #expect(throws: ArticlesError.self) { try ReadFile(zip.bytes, as: "文.docx") }
    }

    @Test("a text that is not well formed is refused, with where; other parts are left out")
    func badParts() throws {
        var zip = SampleDocuments.docx(
            paragraph("甲"), footnotes: "<w:footnote>\(paragraph("注"))", properties: "<dc:title>")
        let file = try ReadFile(zip.bytes, as: "文.docx")
        #expect(file.articles[0].texts == ["甲"])
        #expect(file.problems.count == 1)
        #expect(file.problems[0].description.contains("word/footnotes.xml in it is not well-formed XML in line 2"))
        zip["word/document.xml"].bytes.removeLast(9)
        do {
            _ = try ReadFile(zip.bytes, as: "文.docx")
            Issue.record("a damaged text was read")
        } catch {
            #expect("\(error)".contains("word/document.xml in it is not well-formed XML in line 2, at byte "))
        }
    }

    @Test("a deep document is read or refused, and does not trap")
    func deep() throws {
        let depth = 100_000
        let body =
            String(repeating: "<w:p><w:r>", count: depth) + "<w:t>深</w:t>"
            + String(repeating: "</w:r></w:p>", count: depth)
        #expect(try texts(body) == ["深"])
    }
}
