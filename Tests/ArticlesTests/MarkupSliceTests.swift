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
            "图书馆", "河工", "word", "two words", "，", "&amp;", "&nbsp;", "&#x56E2;", "　", " ", "\n", "\r\n", "\t",
            "<br>",
            "<br><br>", "<!-- 注 -->", "<span hidden>隐</span>", "<script>x('<p>')</script>",
            "<svg><text>画</text></svg>",
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

    /// HTML inside a feed gives the paragraphs it gives in a file of its own, and the same slices.
    @Test("HTML in a feed", arguments: Seed.first(150), [true, false])
    func feeds(seed: Seed, isEscaped: Bool) throws {
        var page = Page(generator: seed.generator())
        page.blocks(3)
        let html = "<div>" + page.text.replacing("\r", with: "") + "</div>"
        let own = try ReadFile(html, as: "a.html")
        let expected = try #require(own.articles.first)
        let field = isEscaped ? Self.escaped(html) : "<![CDATA[\(html)]]>"
        let feed = try ReadFile(
            "<rss><channel>\r\n<item><guid>1</guid><description>\(field)</description></item></channel></rss>",
            as: "a.rss")
        #expect(feed.problems.isEmpty)
        let article = try #require(feed.articles.first)
        #expect(article.isSound(fileSize: feed.bytes.count))
        #expect(article.texts == expected.texts)
        #expect(article.paragraphs.map(\.kind) == expected.paragraphs.map(\.kind))
        let slices = article.paragraphs.map { feed.source($0) }
        #expect(slices == expected.paragraphs.map { isEscaped ? Self.escaped(own.source($0)) : own.source($0) })
        for paragraph in article.paragraphs {
            #expect(feed.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
        }
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }

    @Test("XML", arguments: Seed.first(150))
    func xml(seed: Seed) throws {
        var generator = seed.generator()
        var text = ""
        func element(_ depth: Int) {
            let name = generator.pick(["para", "title", "list", "item", "note", "row", "cell", "名", "pre"])
            text += "<\(name)>"
            for _ in 0..<generator.below(5) {
                if depth > 0, generator.once(in: 2) {
                    element(depth - 1)
                } else {
                    text += generator.pick([
                        "图书馆", "two words", " ", "\n", "\r\n", "&amp;lt;", "&#22242;", "&nbsp;",
                        "<![CDATA[<河>&amp;]]>",
                        "<!-- 注 -->", "<?指 令?>", "\t", "𠮷", "<x/>", "　",
                    ])
                }
            }
            text += "</\(name)>"
        }
        element(4)
        let file = try ReadFile(text, as: "a.xml")
        #expect(file.problems.isEmpty)
        let article = try #require(file.articles.first)
        #expect(article.isSound(fileSize: file.bytes.count))
        for (paragraph, text) in zip(article.paragraphs, article.texts) {
            let slice = file.source(paragraph)
            let found = Self.words(text.replacing(" | ", with: ""))
            #expect(Self.words(Self.content(ofXML: slice)) == found, "\(slice)\nis not\n\(text)")
            #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
        }
    }

    /// The text of a piece of XML: tags, comments and instructions cut out one after another.
    private static func content(ofXML piece: String) -> String {
        var rest = Substring(piece)
        var text = ""
        func cut(to mark: String) -> Substring {
            let end = rest.range(of: mark)
            defer { rest = end.map { rest[$0.upperBound...] } ?? "" }
            return end.map { rest[..<$0.lowerBound] } ?? rest
        }
        while !rest.isEmpty {
            if rest.hasPrefix("<![CDATA[") {
                rest = rest.dropFirst(9)
                text += cut(to: "]]>")
            } else if rest.hasPrefix("<!--") {
                _ = cut(to: "-->")
            } else if rest.hasPrefix("<") {
                _ = cut(to: ">")
            } else if rest.hasPrefix("&") {
                rest = rest.dropFirst()
                let values = ["amp": "&", "#22242": "团", "nbsp": "\u{A0}"]
                text += values[String(cut(to: ";"))] ?? "?"
            } else {
                text.append(rest.removeFirst())
            }
        }
        return text
    }
}

extension Substring {
    /// Where `mark` stands first.
    fileprivate func range(of mark: String) -> Range<Index>? {
        var start = startIndex
        while start < endIndex {
            if self[start...].hasPrefix(mark) { return start..<index(start, offsetBy: mark.count) }
            start = index(after: start)
        }
        return nil
    }
}
