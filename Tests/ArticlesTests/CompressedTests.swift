@testable import Articles
import Model
import TestSupport
import Testing

@Suite("Compressed text")
struct CompressedTests {
    static let extensions = ["gz", "zst"]

    private func pack(_ bytes: some Sequence<UInt8>, _ name: String) -> [UInt8] {
        name == "gz" ? Compressed.gzip(bytes) : Compressed.zstd(bytes)
    }

    /// Lines that do not compress away, so that damage hits some.
    private static func lines(_ count: Int, _ seed: UInt64 = 1) -> [String] {
        var generator = Seed(seed).generator()
        return (0..<count).map { number in
            let words = (0..<20).map { _ in String(generator.next(), radix: 36) }
            return #"{"id":"n\#(number)","title":"题","text":"清华大学 \#(words.joined())"}"# + "\n"
        }
    }

    @Test("lines of JSON: as uncompressed, with the places in the unpacked text", arguments: extensions)
    func lines(name: String) throws {
        let text = Array(Self.lines(3000).joined().utf8)
        let plain = try ReadFile(text, as: "文.jsonl")
        let packed = try ReadFile(pack(text, name), as: "文.jsonl." + name)
        #expect(packed.problems.isEmpty)
        #expect(packed.articles.map(\.id) == plain.articles.map(\.id))
        #expect(packed.articles.map(\.text) == plain.articles.map(\.text))
        #expect(packed.articles.map(\.paragraphs) == plain.articles.map(\.paragraphs))
        #expect(packed.contentHash != nil && packed.contentHash != plain.contentHash)
    }

    @Test("streams one after the other are one", arguments: extensions)
    func several(name: String) throws {
        let parts = [Self.lines(3, 1), Self.lines(0), Self.lines(3, 2).map { $0.replacing("\"n", with: "\"m") }]
        let bytes = parts.flatMap { pack($0.joined().utf8, name) }
        let file = try ReadFile(bytes, as: "文.jsonl." + name)
        #expect(file.articles.count == 6 && file.problems.isEmpty)
        // As tapes leave it.
        if name == "gz" {
            let padded = try ReadFile(bytes + [UInt8](repeating: 0, count: 1000), as: "文.jsonl.gz")
            #expect(padded.articles.count == 6 && padded.problems.isEmpty)
        }
        let behind = try ReadFile(bytes + Array("清华大学".utf8), as: "文.jsonl." + name)
        #expect(behind.articles.count == 6 && behind.problems.count == 1)
    }

    @Test("every format of text, in any encoding", arguments: extensions)
    func formats(name: String) throws {
        let text = try ReadFile(pack("标题\n\n清华大学\n".utf8, name), as: "甲.txt." + name)
        #expect(text.articles[0].texts == ["标题", "清华大学"])
        #expect(text.articles[0].lines == [1, 3])
        let markdown = try ReadFile(pack("正文\n".utf8, name), as: "乙.md." + name)
        #expect(markdown.articles[0].titleText == "乙")
        #expect(try ReadFile(pack("<p>甲<p>乙".utf8, name), as: "丙.html." + name).articles[0].texts == ["甲", "乙"])
        let encoded = try #require(FileEncoding.gb18030.encode("清华大学的图书馆在一九一二年建成，藏书五百万册。"))
        let old = try ReadFile(pack(encoded, name), as: "旧.txt." + name)
        #expect(old.encoding?.name == .gb18030)
        #expect(old.articles[0].paragraphs[0].source.bytes == 0..<encoded.count)
        // A name that says no more is plain text, when it is given.
        #expect(try ReadFile(pack("甲\n".utf8, name), as: "无." + name).articles[0].texts == ["甲"])
    }

    @Test("a stream cut short gives the lines before, and says where", arguments: extensions, Seed.first(10))
    func cut(name: String, seed: Seed) throws {
        var generator = seed.generator()
        let lines = Self.lines(600)
        let whole = pack(lines.joined().utf8, name)
        let count = generator.below(whole.count)
        let file = try ReadFile(whole.prefix(count), as: "文.jsonl." + name)
        let expected = lines.prefix(file.articles.count).map { $0.split(separator: "\"")[3] }
        #expect(file.articles.map { String(decoding: $0.id, as: UTF8.self) } == expected.map { String($0) })
        #expect(file.problems.count == 1)
        guard case .damagedStream(_, _, let offset, let unpacked)? = file.problems.first else {
            Issue.record("\(file.problems)")
            return
        }
        #expect(offset == count)
        let given = lines.prefix(file.articles.count).reduce(0) { $0 + $1.utf8.count }
        let next = file.articles.count < lines.count ? lines[file.articles.count].utf8.count : 0
        #expect((given..<given + max(1, next)).contains(unpacked), "all whole lines before the damage were given")
        #expect(file.contentHash != nil)
    }

    @Test("a damaged stream gives what its checksums let pass, and no bad line is made up", arguments: extensions)
    func damaged(name: String) throws {
        let lines = Self.lines(600)
        let whole = pack(lines.joined().utf8, name)
        var generator = Seed(3).generator()
        for _ in 0..<10 {
            var bytes = whole
            bytes[20 + generator.below(bytes.count - 20)] ^= 0x55
            let file = try ReadFile(bytes, as: "文.jsonl." + name)
            #expect(file.articles.count <= lines.count)
            #expect(file.problems.contains { if case .damagedStream = $0 { true } else { false } })
        }
    }

    @Test("a file that has to be read whole is refused when it is damaged", arguments: extensions)
    func damagedWhole(name: String) {
        let whole = pack(Self.lines(50).joined().utf8, name)
        for count in [0, 1, 5, whole.count - 1] {
            let error = #expect(throws: ArticlesError.self) {
                try ReadFile(whole.prefix(count), as: "文.txt." + name)
            }
            #expect(error?.description.hasSuffix("bytes of text; skipped, get the file anew") == true)
        }
        #expect(throws: ArticlesError.self) { try ReadFile("清华大学\n", as: "文.txt." + name) }
    }

    @Test("one that unpacks to more than can be held is refused, soon")
    func bomb() throws {
        let directory = TemporaryDirectory()
        directory.write(Compressed.zstd([UInt8](repeating: 0x0A, count: 64 << 20)), to: "a.txt.zst")
        let reader = try FileReader(Path(directory.path(of: "a.txt.zst")))
        #expect(reader.status.size < 1 << 16)
        let file = UnpackedFile(reader, .zstd, limit: 3 << 20)
        do {
            _ = try file.readAll()
            Issue.record("a bomb was read")
        } catch { #expect("\(error)".contains("unpacks to more than 3 MB")) }
        #expect(file.bytesGiven <= 5 << 20)
    }

    @Test("so is a line of JSON; blank ones are passed over, and nothing is kept of them")
    func lineBomb() throws {
        let directory = TemporaryDirectory()
        for (byte, isRefused) in [(0x20, true), (0x0A, false)] as [(UInt8, Bool)] {
            directory.write(Compressed.zstd([UInt8](repeating: byte, count: 8 << 20)), to: "a.jsonl.zst")
            let file = try FileReader(Path(directory.path(of: "a.jsonl.zst")))
            let lines = JSONLinesReader(UnpackedFile(file, .zstd, limit: 2 << 20), DecodingOptions())
            var problems: [ArticlesError] = []
            if isRefused {
                #expect(throws: ArticlesError.unpacksTooLarge(file.path, limit: 2 << 20)) {
                    try lines.next(&problems)
                }
            } else {
                let article = try lines.next(&problems)
                #expect(article == nil && problems.isEmpty)
            }
        }
    }

    @Test("names tell format and compression")
    func names() {
        #expect(ArticleFormat(of: Path("a/b.JSONL.ZST")) == .jsonLines)
        #expect(ArticleFormat(of: Path("b.txt.gz")) == .plainText)
        #expect(ArticleFormat(of: Path("b.tar.gz")) == nil)
        #expect(ArticleFormat(of: Path("b.gz")) == nil)
        #expect(ArticleFormat(of: Path("b.epub.gz")) == nil)
        #expect(ArticleFormat(of: Path("甲.docx")) == .docx)
        #expect(ArticleFormat(of: Path("~$甲.docx")) == nil)
        #expect(Compression(of: Path("b.zst")) == .zstd)
        #expect(Compression(of: Path("zst")) == nil)
    }
}
