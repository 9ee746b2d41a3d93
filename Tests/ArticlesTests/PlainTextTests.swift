import Articles
import Model
import TestSupport
import Testing

@Suite("Plain text")
struct PlainTextTests {
    private func read(_ text: String, as name: String = "文章.txt") throws -> (file: ReadFile, article: Article) {
        let file = try ReadFile(text, as: name)
        return (file, try #require(file.articles.first))
    }

    @Test("each non-blank line is a paragraph, however lines end", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(end: String) throws {
        let lines = ["清华大学", "", "第二段", "\u{3000}\u{3000}", " \t", "last"]
        for finalEnd in ["", end, end + end] {
            let (file, article) = try read(lines.joined(separator: end) + finalEnd)
            #expect(article.texts == ["清华大学", "第二段", "last"])
            #expect(article.lines == [1, 3, 6])
            for (paragraph, text) in zip(article.paragraphs, article.texts) {
                #expect(file.source(paragraph) == text)
                #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
            }
        }
    }

    @Test("mixed line ends count one by one")
    func mixedLineEnds() throws {
        let (_, article) = try read("一\r\n\r\n二\n\r三\r\r\n四")
        #expect(article.texts == ["一", "二", "三", "四"])
        #expect(article.lines == [1, 3, 5, 7])
    }

    @Test("paragraphs lose the white space at their ends, and nothing inside")
    func trimming() throws {
        let spaces = " \t\u{3000}\u{A0}\u{2003}\u{2028}\u{85}\u{1C}\u{B}\u{C}"
        let (file, article) = try read("\(spaces)甲 \u{3000}乙\(spaces)\n\(spaces)丙\n")
        #expect(article.texts == ["甲 \u{3000}乙", "丙"])
        #expect(article.paragraphs.map { file.source($0) } == article.texts)
        #expect(article.paragraphs[0].source.bytes.lowerBound == spaces.utf8.count)
    }

    @Test("zero-width characters are text, not white space")
    func zeroWidth() throws {
        #expect(try read("甲\n\u{200B}\n乙").article.texts == ["甲", "\u{200B}", "乙"])
    }

    @Test("a byte order mark is no part of the text, but counts in the offsets")
    func byteOrderMark() throws {
        let (file, article) = try read("\u{FEFF}标题\n正文")
        #expect(article.texts == ["标题", "正文"])
        #expect(article.titleText == "标题")
        #expect(article.paragraphs[0].source == SourceRange(bytes: 3..<9, line: 1))
        #expect(file.source(article.paragraphs[1]) == "正文")
    }

    @Test("the first line is the title when it is short enough, else the file's name")
    func title() throws {
        let longest = String(repeating: "题", count: 60)
        #expect(try read("\n\(longest)\n正文").article.titleText == longest)
        #expect(try read("\(longest)题\n正文", as: "我的 文章.v2.txt").article.titleText == "我的 文章.v2")
        #expect(try read("", as: "空.txt").article.titleText == "空")
        #expect(try read(" \u{3000}\n", as: "空.text").article.titleText == "空")
    }

    @Test("an empty file is an article without paragraphs", arguments: ["", "\n\n", "\u{FEFF}", " \u{3000}\r\n"])
    func empty(text: String) throws {
        let (file, article) = try read(text)
        #expect(article.paragraphs.isEmpty)
        #expect(file.articles.count == 1)
        #expect(file.contentHash != nil)
    }

    @Test("a name of no known format is plain text")
    func unknownFormat() throws {
        #expect(try read("# 甲\n乙", as: "README").article.texts == ["# 甲", "乙"])
    }

    @Test("every paragraph is the very bytes it points to", arguments: Seed.first(100))
    func exactRanges(seed: Seed) throws {
        var generator = seed.generator()
        let lines = (0..<generator.below(12)).map { _ in RandomText.text(upTo: 8, using: &generator) }
        let text = lines.map { $0 + generator.pick(["\n", "\r\n", "\r"]) }.joined().filter { $0 != "\0" }
        let (file, article) = try read(String(text.unicodeScalars.filter { $0.value != 0 }))
        #expect(article.isSound(fileSize: file.bytes.count))
        for (paragraph, text) in zip(article.paragraphs, article.texts) {
            #expect(file.source(paragraph) == text)
            #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
        }
        // Nothing but white space (and a byte order mark) is left out.
        let kept = article.texts.flatMap { Array($0.unicodeScalars) }.filter { !WhiteSpace.contains($0.value) }
        let all = String(decoding: file.bytes, as: UTF8.self).unicodeScalars.filter {
            !WhiteSpace.contains($0.value)
        }
        #expect(
            kept
                == Array(
                    all.first == "\u{FEFF}" && file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
                        ? all.dropFirst() : all[...]))
    }

    // MARK: No text at all

    @Test("NUL makes a file binary")
    func binary() throws {
        let directory = TemporaryDirectory()
        directory.write("甲\0乙".utf8, to: "a.txt")
        let path = Path(directory.path(of: "a.txt"))
        #expect(throws: ArticlesError.binary(path, offset: 3)) {
            try ArticleStream(ReadFile.find(directory.path(of: "a.txt"))).next()
        }
    }

    @Test("what is not there, or no file, is an error")
    func missing() throws {
        let directory = TemporaryDirectory()
        directory.write([], to: "a.txt")
        let found = try ReadFile.find(directory.path(of: "a.txt"))
        var absent = found
        absent.path = Path(directory.path(of: "b.txt"))
        #expect(throws: ArticlesError.missing(absent.path)) { try ArticleStream(absent) }
        absent.path = Path(directory.path(of: "a.txt/b.txt"))
        #expect(throws: ArticlesError.missing(absent.path)) { try ArticleStream(absent) }
        absent.path = Path(directory.path)
        #expect(throws: ArticlesError.notAFile(absent.path)) { try ArticleStream(absent) }
    }
}
