public import Model

/// Given a file, gives its articles one at a time.
///
/// A JSONL file is read in pieces, so its size does not matter, compressed or not; other text is read whole, and of
/// archives what the document needs. Lines that give no
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
        let format = ArticleFormat(of: file.path) ?? .plainText
        switch format {
        case .jsonLines:
            let unpacked = UnpackedFile(reader, Compression(of: file.path))
            source = .lines(JSONLinesReader(unpacked, options))
        case .plainText, .markdown, .html, .xml, .epub, .docx, .pdf: source = .whole(reader, format)
        }
    }

    /// A file that has been read whole.
    public struct ReadFile: Sendable {
        fileprivate var articles: [Article]
        fileprivate var problems: [ArticlesError]
        fileprivate var status: FileStatus
        fileprivate var contentHash: UInt64?
        fileprivate var encoding: TextEncoding?
        fileprivate var replacedBytes: Int
    }

    /// Reads `file` whole, for a stream of it that is to give its articles later, perhaps on another thread.
    public static func read(_ file: FoundFile, decoding options: DecodingOptions) throws(ArticlesError) -> ReadFile
    {
        let stream = try ArticleStream(file, decoding: options)
        var articles: [Article] = []
        while let article = try stream.next() { articles.append(article) }
        return ReadFile(
            articles: articles, problems: stream.problems, status: stream.status, contentHash: stream.contentHash,
            encoding: stream.encoding, replacedBytes: stream.replacedBytes)
    }

    /// Gives the articles of a file that has been read.
    public init(_ file: FoundFile, read: ReadFile) {
        self.file = file
        options = DecodingOptions()
        status = read.status
        contentHash = read.contentHash
        encoding = read.encoding
        replacedBytes = read.replacedBytes
        problems = read.problems
        source = .articles(read.articles.reversed())
    }

    /// Reads an input, whatever its size, as a JSONL file is read.
    ///
    /// - Parameter isInterrupted: asked while there is nothing to read; once it says so, the input has ended.
    public init(
        _ input: ArticleInput, decoding options: DecodingOptions = .init(),
        isInterrupted: @escaping () -> Bool = { false }
    ) throws(ArticlesError) {
        let reader = try FileReader(input, isInterrupted: isInterrupted)
        file = FoundFile(path: .standardInput, id: [], status: reader.status)
        self.options = options
        status = reader.status
        source = .lines(JSONLinesReader(UnpackedFile(reader, nil), options, refusesLines: true))
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
                note(reader)
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
        var attempts = 1
        while true {
            var problems: [ArticlesError] = []
            let read = Result { () throws(ArticlesError) in try readOnce(reader, format, &problems) }
            // What was read of a file that is being written means nothing, an error no more than articles.
            guard reader.hasChanged() else {
                status = reader.status
                self.problems += problems
                return try read.get()
            }
            guard attempts < 3 else { throw .changing(file.path) }
            attempts += 1
            reader = try FileReader(file.path)
        }
    }

    private func readOnce(_ reader: FileReader, _ format: ArticleFormat, _ problems: inout [ArticlesError])
        throws(ArticlesError) -> [Article]
    {
        guard format.isText else {
            contentHash = try reader.hashToEnd()
            return [try document(reader, format, &problems)]
        }
        let unpacked = UnpackedFile(reader, Compression(of: file.path))
        let bytes = try unpacked.readAll()
        contentHash = unpacked.contentHash
        let text = try DecodedText(bytes, of: file.path, options)
        encoding = text.encoding
        if let places = text.undecodable {
            replacedBytes = places.bytes
            problems.append(.replaced(file.path, places))
        }
        var articles = try Self.articles(text.bytes, format, file, &problems)
        for index in articles.indices { articles[index].mapSources(text.map) }
        return articles
    }

    /// The article of a file that is not text itself. Whoever calls has read the file to its end.
    private func document(_ reader: FileReader, _ format: ArticleFormat, _ problems: inout [ArticlesError])
        throws(ArticlesError) -> Article
    {
        let article: Article
        switch format {
        case .epub:
            article = try EPUBReader.article(try ZipArchive(reader), file: file, options, problems: &problems)
        case .docx: article = try WordReader.article(try ZipArchive(reader), file: file, problems: &problems)
        default: article = try PDFReader.article(file, problems: &problems)
        }
        for case .replacedInMember(_, _, let places) in problems { replacedBytes += places.bytes }
        if article.paragraphs.isEmpty, problems.isEmpty { problems.append(.noText(file.path)) }
        return article
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
        default: return [PlainTextReader.article(bytes, file: file)]
        }
    }

    /// Bytes of the file, as it is on disk, that have been read so far.
    public var bytesRead: Int {
        if case .lines(let reader) = source { return reader.bytesRead }
        return status.size
    }

    /// What is to be said of a file's encodings once all lines are read.
    private func note(_ reader: JSONLinesReader) {
        if let lines = reader.mixedLines { problems.append(.mixedEncodings(file.path, lines)) }
        for places in reader.undecodable {
            replacedBytes += places.bytes
            problems.append(.replaced(file.path, places))
        }
    }

    /// The fingerprint of a file's whole content, read without keeping it.
    public static func contentHash(of path: Path) throws(ArticlesError) -> UInt64 {
        try FileReader(path).hashToEnd()
    }
}
