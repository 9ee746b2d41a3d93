internal import Bytes
public import Model
internal import Storage

/// The articles of a segment as they were stored: all that is needed to build the segment anew. Its terms need not be
/// readable, nor of a format that this program knows.
public struct StoredArticles: Sendable {
    /// An article, and the number of the file it came from.
    public struct Stored: Sendable {
        public var article: Article
        public var source: UInt32
    }

    public let info: SegmentInfo
    /// Whether articles whose text is damaged are passed over, where otherwise they are an error.
    var isSalvaged = false
    let articles: ArticleTable
    let text: StoredText
    let live: LiveSet?

    /// - Parameter shelf: keeps the vocabularies that are open already.
    init(_ info: SegmentInfo, in storage: any FileSource, shelf: VocabularyShelf = VocabularyShelf())
        throws(IndexError)
    {
        self.info = info
        let vocabulary = try shelf.vocabulary(info.vocabulary, in: storage)
        func body(_ kind: IndexFile) throws(IndexError) -> ByteView {
            let size = IndexFile.ofSegment.firstIndex(of: kind).map { info.sizes[$0] }
            return try kind.open(kind.name(info.id), owner: info.id, in: storage, size: size)
        }
        let table = try body(.articles)
        let paragraphs = try body(.paragraphs)
        (articles, text) = try IndexError.format { () throws(FormatError) in
            let articles = try ArticleTable(table)
            guard articles.articleCount == info.articleCount, articles.paragraphCount == info.paragraphCount else {
                throw .malformed(file: table.file, offset: table.origin, rule: .countMismatch)
            }
            return (
                articles, try StoredText(paragraphs, paragraphCount: info.paragraphCount, vocabulary: vocabulary)
            )
        }
        live = try LiveSet.read(info, in: storage)
    }

    /// - Parameter reader: of this segment's text.
    func article(_ number: Int, _ reader: StoredTextReader) throws(FormatError) -> Stored {
        let record = try articles.record(number)
        var article = Article(id: record.id, title: record.title, date: record.date)
        // Where it stands in its file by now.
        let shift = live?.shifts.shift(of: number) ?? .none
        for ordinal in try articles.paragraphs(ofArticle: number) {
            let paragraph = try reader.paragraph(ordinal)
            let start = article.text.count
            article.text += paragraph.text
            let source = paragraph.source.moved(by: shift)
            article.paragraphs.append(
                Paragraph(text: start..<article.text.count, source: source, kind: paragraph.kind))
        }
        return Stored(article: article, source: try articles.source(ofArticle: number))
    }
}

/// Reads the articles of a segment that are not deleted, in order. One reader serves one thread at a time.
public final class StoredArticleReader {
    private let segment: StoredArticles
    private let text: StoredTextReader
    private var number = 0
    /// The sources of articles that were passed over; nil for one whose source cannot be told.
    public private(set) var lostSources: Set<UInt32?> = []

    public init(_ segment: StoredArticles) {
        self.segment = segment
        text = StoredTextReader(segment.text)
    }

    /// The next article; nil after the last.
    public func next() throws(IndexError) -> StoredArticles.Stored? {
        while number < segment.info.articleCount {
            defer { number += 1 }
            if segment.live?.isDeleted(number) == true { continue }
            do throws(FormatError) {
                return try segment.article(number, text)
            } catch {
                guard segment.isSalvaged else { throw .format(error) }
                lostSources.insert(try? segment.articles.source(ofArticle: number))
            }
        }
        return nil
    }
}

extension LiveSet {
    /// The deleted articles of a segment; nil when there are none.
    static func read(_ info: SegmentInfo, in storage: any FileSource) throws(IndexError) -> LiveSet? {
        guard let name = info.liveName else { return nil }
        let body = try IndexFile.live.open(name, owner: info.id, in: storage)
        return try IndexError.format { () throws(FormatError) in
            try LiveSet(body, articleCount: info.articleCount)
        }
    }
}
