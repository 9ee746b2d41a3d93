public import Bytes
internal import Storage

/// How articles and paragraph lengths lie on disk.
///
/// ```
/// body     entries | lengths of titles u16 each | lengths of paragraphs u16 each | records | trailer
/// entry    first paragraph u32 | source u32 | offset of the record u64
///          and, after the last, one with the number of paragraphs and the end of the records
/// record   id, title, date: each a varint length and its bytes
/// trailer  articles u64 | paragraphs u64
/// ```
/// Lengths are counts of units, for scoring only; a longer text counts as 65,535.
enum ArticleTableFormat {
    static let entrySize = 16
    static let trailerSize = 16
}

/// Collects and writes the `articles` file of a segment.
struct ArticleTableWriter {
    private var entries = ByteWriter()
    private var titleLengths = ByteWriter()
    private var lengths = ByteWriter()
    private var records = ByteWriter()
    private(set) var articleCount = 0
    private(set) var paragraphCount = 0

    /// Memory in use, in bytes.
    var memory: Int { entries.count + titleLengths.count + lengths.count + records.count }

    mutating func addArticle(id: [UInt8], title: [UInt8], date: [UInt8], source: UInt32, titleLength: Int) {
        entries.integer(UInt32(paragraphCount))
        entries.integer(source)
        entries.integer(UInt64(records.count))
        titleLengths.integer(UInt16(clamping: titleLength))
        records.prefixed(id)
        records.prefixed(title)
        records.prefixed(date)
        articleCount += 1
    }

    mutating func addParagraph(length: Int) {
        lengths.integer(UInt16(clamping: length))
        paragraphCount += 1
    }

    func write(segment: UInt64, in storage: any Storage) throws(IndexError) -> UInt64 {
        let file = try IndexFileWriter(
            .articles, name: IndexFile.articles.name(segment), owner: segment, in: storage)
        var last = ByteWriter()
        last.integer(UInt32(paragraphCount))
        last.integer(UInt32(0))
        last.integer(UInt64(records.count))
        try file.append(entries.bytes)
        try file.append(last.bytes)
        try file.append(titleLengths.bytes)
        try file.append(lengths.bytes)
        try file.append(records.bytes)
        var trailer = ByteWriter()
        trailer.integer(UInt64(articleCount))
        trailer.integer(UInt64(paragraphCount))
        try file.append(trailer.bytes)
        return try file.finish()
    }
}

/// What an article's record says.
public struct ArticleRecord: Sendable {
    public var id: [UInt8]
    public var title: [UInt8]
    public var date: [UInt8]
}

/// The lengths of a segment's texts by document, in units; 65,535 stands for anything longer.
public struct LengthTable: Sendable {
    private let values: ByteView

    /// - Parameter values: u16 each.
    init(_ values: ByteView) { self.values = values }

    public var count: Int { values.count / 2 }

    /// Calls `body` with the little-endian u16 values, possibly unaligned, valid during the call.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe values.withUnsafeBytes(body)
    }

    /// The length of one document.
    ///
    /// - Precondition: `document < count`.
    public subscript(document: Int) -> Int {
        precondition(document >= 0 && document < count)
        // SAFETY: the precondition.
        return unsafe values.withUnsafeBytes { bytes in
            Int(UInt16(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: document * 2, as: UInt16.self)))
        }
    }
}

/// The `articles` file of a segment, open. All look-ups are O(1) but ``article(ofParagraph:)``.
public struct ArticleTable: Sendable {
    private let entries: ByteView
    private let records: ByteView
    /// The lengths of titles and of paragraphs.
    public let titleLengths: LengthTable
    public let paragraphLengths: LengthTable
    public let articleCount: Int
    public let paragraphCount: Int

    init(_ body: ByteView) throws(FormatError) {
        let trailer = body.count - ArticleTableFormat.trailerSize
        let articles = try body.integer(at: trailer, as: UInt64.self)
        let paragraphs = try body.integer(at: trailer + 8, as: UInt64.self)
        let limit = UInt64(trailer)
        let entrySize = UInt64(ArticleTableFormat.entrySize)
        guard articles < limit / entrySize, paragraphs <= limit / 2, paragraphs < UInt64(UInt32.max),
            (articles + 1) * entrySize + (articles + paragraphs) * 2 <= limit
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        articleCount = Int(articles)
        paragraphCount = Int(paragraphs)
        let titlesStart = (articleCount + 1) * ArticleTableFormat.entrySize
        let paragraphsStart = titlesStart + articleCount * 2
        let recordsStart = paragraphsStart + paragraphCount * 2
        entries = try body.slice(0..<titlesStart)
        titleLengths = LengthTable(try body.slice(titlesStart..<paragraphsStart))
        paragraphLengths = LengthTable(try body.slice(paragraphsStart..<recordsStart))
        records = try body.slice(recordsStart..<trailer)
        // Without articles entry 0 is the last one, and there must be no paragraphs either.
        guard try firstParagraph(0) == 0, try firstParagraph(articleCount) == paragraphCount
        else { throw .malformed(file: body.file, offset: body.origin, rule: .countMismatch) }
    }

    private func firstParagraph(_ article: Int) throws(FormatError) -> Int {
        Int(try entries.integer(at: article * ArticleTableFormat.entrySize, as: UInt32.self))
    }

    /// The ordinals of an article's paragraphs.
    public func paragraphs(ofArticle article: Int) throws(FormatError) -> Range<Int> {
        guard article < articleCount else { return 0..<0 }
        let first = try firstParagraph(article)
        let end = try firstParagraph(article + 1)
        guard first <= end, end <= paragraphCount else {
            throw .malformed(
                file: entries.file, offset: entries.origin + article * ArticleTableFormat.entrySize,
                rule: .keysOutOfOrder)
        }
        return first..<end
    }

    /// The article of a paragraph. O(log articles).
    public func article(ofParagraph ordinal: Int) throws(FormatError) -> Int {
        var low = 0
        var high = articleCount
        while low < high {
            let middle = (low + high) / 2
            if try firstParagraph(middle) <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { throw .malformed(file: entries.file, offset: entries.origin, rule: .keysOutOfOrder) }
        return low - 1
    }

    /// The source an article came from.
    public func source(ofArticle article: Int) throws(FormatError) -> UInt32 {
        try entries.integer(at: article * ArticleTableFormat.entrySize + 4)
    }

    public func record(_ article: Int) throws(FormatError) -> ArticleRecord {
        let offset = try entries.integer(at: article * ArticleTableFormat.entrySize + 8, as: UInt64.self)
        guard offset <= UInt64(records.count) else {
            throw .malformed(file: records.file, offset: records.origin, rule: .offsetOutOfRange)
        }
        var cursor = ByteCursor(records, at: Int(offset))
        return ArticleRecord(
            id: try cursor.prefixedBytes(), title: try cursor.prefixedBytes(), date: try cursor.prefixedBytes())
    }
}
