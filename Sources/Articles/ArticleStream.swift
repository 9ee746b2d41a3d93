internal import Bytes
public import Model

/// Given a file, gives its articles one at a time.
///
/// A JSONL file is read in pieces, so its size does not matter; other files are read whole. Lines that give no
/// article are reported through ``takeProblems()`` and the rest goes on; what concerns the whole file is thrown.
public final class ArticleStream {
    private enum Source {
        case whole(FileReader, ArticleFormat)
        /// Articles already read, the next one last.
        case articles([Article])
        case lines(JSONLinesReader)
        case finished
    }

    public let file: FoundFile
    /// The file as it was when opened, or read again.
    public private(set) var status: FileStatus
    /// Fingerprint of the content, once the stream has ended.
    public private(set) var contentHash: UInt64?
    /// The encoding of the file, once it is known: with the first article.
    public private(set) var encoding: TextEncoding?
    /// Bytes that were replaced because they mean nothing in the encoding, once the stream has ended.
    public private(set) var replacedBytes = 0
    private let options: DecodingOptions
    private var source: Source
    private var problems: [ArticlesError] = []

    /// Opens `file`; a name of no known format is read as plain text.
    public init(_ file: FoundFile, decoding options: DecodingOptions = .init()) throws(ArticlesError) {
        self.file = file
        self.options = options
        let reader = try FileReader(file.path)
        status = reader.status
        let format = ArticleFormat(fileExtension: file.path.fileExtension) ?? .plainText
        switch format {
        case .jsonLines: source = .lines(JSONLinesReader(reader, options))
        case .plainText, .markdown, .html, .xml: source = .whole(reader, format)
        }
    }

    /// The next article, or nil at the end.
    public func next() throws(ArticlesError) -> Article? {
        switch source {
        case .finished: return nil
        case .whole(let reader, let format):
            source = .finished
            source = .articles(try readWhole(reader, format).reversed())
            return try next()
        case .articles(var articles):
            source = .finished
            let article = articles.popLast()
            source = .articles(articles)
            return article
        case .lines(let reader):
            let article = try reader.next(&problems)
            encoding = reader.encoding
            if article == nil {
                note(reader.undecodable)
                source = .finished
                if reader.file.hasChanged() { problems.append(.changing(file.path)) }
                contentHash = reader.contentHash
            }
            return article
        }
    }

    /// Problems with single lines since the last call.
    public func takeProblems() -> [ArticlesError] {
        defer { problems.removeAll() }
        return problems
    }

    private func readWhole(_ first: FileReader, _ format: ArticleFormat) throws(ArticlesError) -> [Article] {
        var reader = first
        var bytes = try reader.readAll()
        var attempts = 1
        while reader.hasChanged() {
            guard attempts < 3 else { throw .changing(file.path) }
            attempts += 1
            reader = try FileReader(file.path)
            bytes = try reader.readAll()
        }
        status = reader.status
        var hash = ContentHash()
        unsafe hash.update(bytes.span.bytes)
        contentHash = hash.value
        let text = try DecodedText(bytes, of: file.path, options)
        encoding = text.encoding
        note(text.undecodable)
        var articles = try Self.articles(text.bytes, format, file, &problems)
        for index in articles.indices { articles[index].mapSources(text.map) }
        return articles
    }

    /// The articles of a file whose text is `bytes`, UTF-8.
    private static func articles(
        _ bytes: [UInt8], _ format: ArticleFormat, _ file: FoundFile, _ problems: inout [ArticlesError]
    ) throws(ArticlesError) -> [Article] {
        switch format {
        case .markdown: return [try MarkdownReader.article(bytes, file: file)]
        case .html:
            if let page = XMLReader.xhtml(bytes, file: file) { return [page] }
            return [try HTMLReader.article(bytes, file: file)]
        case .xml: return try XMLReader.articles(bytes, file: file, problems: &problems)
        case .plainText, .jsonLines: return [PlainTextReader.article(bytes, file: file)]
        }
    }

    private func note(_ undecodable: Undecodable?) {
        guard let undecodable else { return }
        replacedBytes = undecodable.bytes
        problems.append(.replaced(file.path, undecodable))
    }

    /// The fingerprint of a file's whole content, read without keeping it.
    public static func contentHash(of path: Path) throws(ArticlesError) -> UInt64 {
        let reader = try FileReader(path)
        var hash = ContentHash()
        var buffer: [UInt8] = []
        while try reader.read(into: &buffer, limit: 1 << 20) > 0 {
            unsafe hash.update(buffer.span.bytes)
            buffer.removeAll(keepingCapacity: true)
        }
        return hash.value
    }
}
