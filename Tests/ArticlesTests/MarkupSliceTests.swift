import Articles
import Model
import TestSupport
import Testing

/// The slice of the file that a paragraph points to, read again by itself, gives the paragraph's text.
@Suite("Slices of marked-up text")
struct MarkupSliceTests {
    /// Nested elements around short texts, with white space, references and hidden parts between them.
    private struct Page {
        var generator: SplitMix64
        var text = ""
        private static let blocks = ["p", "div", "section", "blockquote", "h1", "h3", "ul", "pre", "table", "form"]
        private static let inlines = ["b", "i", "a href=x", "span", "em", "font color=red", "ruby", "code"]
        private static let pieces = [
            "图书馆", "河工", "word", "two words", "，", "&amp;", "&nbsp;", "&#x56E2;", "　", " ", "\n", "\r\n", "\t", "<br>",
            "<br><br>", "<!-- 注 -->", "<span hidden>隐</span>", "<script>x('<p>')</script>", "<svg><text>画</text></svg>",
            "<wbr>", "<img alt=图>", "&lt;p&gt;", "<ruby>漢<rt>hàn</rt></ruby>", "2024", "𠮷", "&copy;", "</nothing>",
        ]

        mutating func inline(_ depth: Int) {
            for _ in 0..<1 + generator.below(4) {
                if depth > 0, generator.once(in: 3) {
                    let tag = generator.pick(Self.inlines)
                    text += "<\(tag)>"
                    inline(depth - 1)
                    text += "</\(tag.prefix { $0 != " " })>"
                } else {
                    text += generator.pick(Self.pieces)
                }
            }
        }

        mutating func blocks(_ depth: Int) {
            for _ in 0..<1 + generator.below(3) {
                guard depth > 0, !generator.once(in: 4) else {
                    inline(2)
                    continue
                }
                let tag = generator.pick(Self.blocks)
                text += "<\(tag)>"
                switch tag {
                case "p", "h1", "h3", "pre": inline(2)
                case "ul":
                    for _ in 0..<generator.below(4) {
                        text += "<li>"
                        blocks(depth - 1)
                        if generator.once(in: 2) { text += "</li>\n" }
                    }
                case "table": rows(depth - 1)
                default: blocks(depth - 1)
                }
                text += "</\(tag)>"
                if generator.once(in: 2) { text += "\n  " }
            }
        }

        private mutating func rows(_ depth: Int) {
            for _ in 0..<generator.below(4) {
                text += "<tr>"
                for _ in 0..<generator.below(4) {
                    text += "<td>"
                    if generator.once(in: 3) { blocks(depth) } else { inline(1) }
                    text += "</td>"
                }
                text += "</tr>\n"
            }
        }
    }

    private static func words(_ text: some StringProtocol) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !WhiteSpace.contains($0.value) }))
    }

    @Test("HTML", arguments: Seed.first(150))
    func html(seed: Seed) throws {
        var page = Page(generator: seed.generator())
        page.blocks(4)
        let file = try ReadFile(page.text, as: "a.html")
        let article = try #require(file.articles.first)
        #expect(article.isSound(fileSize: file.bytes.count))
        var ends: [Int] = []
        for (paragraph, text) in zip(article.paragraphs, article.texts) {
            let slice = file.source(paragraph)
            // What decides how text is read stands outside the slice.
            let context =
                switch paragraph.kind {
                case .code: "<pre>"
                case .table: "<table><tr><td>"
                default: ""
                }
            let again = try #require(try ReadFile(context + slice, as: "b.html").articles.first)
            #expect(
                Self.words(again.texts.joined(separator: "\n")).contains(Self.words(text)),
                "\(slice)\nis not\n\(text)\nin\n\(page.text)")
            #expect(slice.first?.isWhitespace == false && slice.last?.isWhitespace == false)
            #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
            // Paragraphs stand apart, in the order of the page.
            #expect(paragraph.source.bytes.lowerBound >= ends.last ?? 0, "\(slice) in \(page.text)")
            ends.append(paragraph.source.bytes.upperBound)
        }
    }
}
