import Articles
import Model
import TestSupport
import Testing

private let hasReader = ChildProcess.find("pdftotext") != nil
private let skipped: Comment = "pdftotext is not installed (poppler-utils)"

@Suite("PDF", .enabled(if: hasReader, skipped))
struct PDFTests {
    private static let prose = [
        "清华大学图书馆在一九一二年建成，当时只有两间屋子，藏书不过几千册，学生们要排队才能", "进去看书。后来馆舍一再扩建，到今天已经有六座分馆，藏书超过五百万册，每天进出的读者",
        "数以万计。馆里的老人说，书多了，找书的人反而更着急了，于是有了卡片，有了目录，有了", "索引。索引这个词听起来很旧，其实每个人每天都在用它，只是不知道它的名字罢了，就像空",
        "气一样，没有人会注意到它，直到有一天它不见了。", "完。",
    ]

    @Test("pages, lines cut at a width joined, and the bytes and lines of the text that pdftotext gives")
    func pages() throws {
        let file = try ReadFile(SamplePDF.bytes([["年度报告"], Self.prose, [], ["第四页。"]]), as: "报告.pdf")
        let article = try #require(file.articles.first)
        #expect(file.problems.isEmpty)
        #expect(article.titleText == "年度报告")
        #expect(article.texts.map { $0.filter { $0 != "\n" } }.contains(Self.prose[..<5].joined()))
        #expect(article.paragraphs.first?.source.part == .page(1))
        #expect(article.paragraphs.last?.source.part == .page(4))
        #expect(article.texts.last == "第四页。")
        let text = article.text
        for paragraph in article.paragraphs {
            #expect(text[paragraph.text] == text[paragraph.source.bytes])
            #expect(paragraph.source.line == 1 + text[..<paragraph.source.bytes.lowerBound].count { $0 == 0x0A })
            let page = 1 + text[..<paragraph.source.bytes.lowerBound].count { $0 == 0x0C }
            #expect(paragraph.source.part == .page(page))
        }
    }

    @Test("no paragraph goes on over the end of a page")
    func pageEnd() throws {
        let file = try ReadFile(
            SamplePDF.bytes([Array(Self.prose[..<3]), Array(Self.prose[3...])]), as: "报告.pdf")
        let texts = try #require(file.articles.first).texts.map { $0.filter { $0 != "\n" } }
        #expect(texts == [Self.prose[..<3].joined(), Self.prose[3...4].joined(), "完。"])
    }

    @Test("what is no PDF is refused with pdftotext's own words")
    func bad() {
        for bytes in [[], Array("清华大学\n".utf8), Array("%PDF-1.4\n".utf8)] {
            do {
                _ = try ReadFile(bytes, as: "坏.pdf")
                Issue.record("a bad PDF was read")
            } catch {
                #expect("\(error)".contains("pdftotext cannot read it: "))
                #expect(!"\(error)".contains("no reason given"))
            }
        }
    }

    @Test("a file without text is one, with a warning")
    func empty() throws {
        let file = try ReadFile(SamplePDF.bytes([[], []]), as: "图.pdf")
        #expect(file.articles.count == 1 && file.articles[0].paragraphs.isEmpty)
        #expect(file.problems.count == 1 && file.problems[0].isWarning)
        #expect(file.contentHash != nil)
    }

    @Test("damaged files are read or refused", arguments: Seed.first(4))
    func damaged(seed: Seed) {
        var generator = seed.generator()
        let good = SamplePDF.bytes([["清华大学"], ["字节跳动"]])
        for _ in 0..<4 {
            do {
                let file = try ReadFile(RandomBytes.mutation(of: good, using: &generator), as: "坏.pdf")
                #expect(file.articles.allSatisfy { $0.isSound(fileSize: .max) })
            } catch { #expect(error is ArticlesError, "\(seed)") }
        }
    }
}
