import Articles
import Model
import TestSupport

/// What a file gives when it is read to its end.
struct ReadFile {
    var bytes: [UInt8]
    var articles: [Article] = []
    var problems: [ArticlesError] = []
    var contentHash: UInt64?
    var encoding: TextEncoding?
    var replacedBytes = 0

    /// Writes `bytes` to a file called `name` and reads it as the indexer does.
    init(_ bytes: some Sequence<UInt8>, as name: String, _ options: DecodingOptions = .init()) throws {
        self.bytes = Array(bytes)
        let directory = TemporaryDirectory()
        directory.write(self.bytes, to: name)
        let stream = try ArticleStream(Self.find(directory.path(of: name)), decoding: options)
        while let article = try stream.next() { articles.append(article) }
        problems = stream.takeProblems()
        contentHash = stream.contentHash
        encoding = stream.encoding
        replacedBytes = stream.replacedBytes
    }

    init(_ text: String, as name: String) throws { try self.init(text.utf8, as: name) }

    static func find(_ path: String) throws -> FoundFile {
        var walker = DirectoryWalker()
        try walker.walk(Path(path))
        return walker.files[0]
    }

    /// The bytes of the file that `paragraph` points back to.
    func source(_ paragraph: Paragraph) -> String { String(decoding: bytes[paragraph.source.bytes], as: UTF8.self) }

    /// The line that a byte stands on, counted anew: LF, CR and CR LF end one.
    func line(of offset: Int) -> Int {
        1
            + bytes[..<offset].indices.count { index in
                bytes[index] == 0x0A
                    || (bytes[index] == 0x0D && (index + 1 == bytes.count || bytes[index + 1] != 0x0A))
            }
    }
}

extension Article {
    var titleText: String { String(decoding: title, as: UTF8.self) }
    var texts: [String] { paragraphs.map { String(decoding: text[$0.text], as: UTF8.self) } }
    var lines: [Int] { paragraphs.map(\.source.line) }

    /// What every article promises, of whatever file.
    func isSound(fileSize: Int) -> Bool {
        var end = 0
        for paragraph in paragraphs {
            guard paragraph.text.lowerBound >= end, paragraph.text.upperBound <= text.count,
                !paragraph.text.isEmpty,
                paragraph.source.bytes.lowerBound >= 0, paragraph.source.bytes.upperBound <= fileSize,
                paragraph.source.line >= 1
            else { return false }
            end = paragraph.text.upperBound
        }
        return String(validating: text, as: UTF8.self) != nil
    }
}
