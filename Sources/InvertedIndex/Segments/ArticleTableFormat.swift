internal import Bytes
internal import Model

/// How articles and paragraph lengths lie on disk.
///
/// ```
/// body     entries | lengths of titles u8 each | lengths of paragraphs u8 each | records
///          offset u64 of the first record of each 16, from the first of all | trailer
/// entry    first paragraph u32 | source u32 | fingerprint u64
///          and, after the last, one with the number of paragraphs, and zeros
/// record   id, title, date: for each, the bytes shared with that of the record before varint, and the others, a varint
///          length and its bytes
///          byte and line of the first paragraph: the differences to those of the record before, zigzag varints
/// trailer  articles u64 | paragraphs u64
/// ```
/// Before the first record of each 16 stands one of nothing: to read a record takes no more than these. Articles of one
/// file are alike, in ids as in titles. The id is empty when it is that of the article's file. The fingerprint tells an
/// article that was edited from one that only moved. Lengths are counts of units, for scoring only, each a ``LengthCode``.
enum ArticleTableFormat {
    static let entrySize = 16
    static let groupSize = 16
    static let trailerSize = 16

    static func groups(articles: Int) -> Int { (articles + groupSize - 1) / groupSize }

    /// Appends an entry, or the one after the last.
    static func appendEntry(firstParagraph: Int, source: UInt32, fingerprint: UInt64, to writer: inout ByteWriter) {
        writer.integer(UInt32(firstParagraph))
        writer.integer(source)
        writer.integer(fingerprint)
    }

    static func trailer(articles: Int, paragraphs: Int) -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(UInt64(articles))
        writer.integer(UInt64(paragraphs))
        return writer.bytes
    }
}

/// Writes the records of a table, one after the other.
struct ArticleRecordEncoder {
    /// Records so far, but for what ``takeBytes()`` has taken.
    private(set) var bytes = ByteWriter()
    /// Offsets of the groups so far, u64 each.
    private(set) var offsets = ByteWriter()
    private var takenCount = 0
    private var count = 0
    private var previous = ArticleRecord.none

    mutating func add(_ record: ArticleRecord) {
        if count % ArticleTableFormat.groupSize == 0 {
            offsets.integer(UInt64(takenCount + bytes.count))
            previous = .none
        }
        count += 1
        add(record.id, after: previous.id)
        add(record.title, after: previous.title)
        add(record.date, after: previous.date)
        bytes.varint(Zigzag.encode(record.origin.byte - previous.origin.byte))
        bytes.varint(Zigzag.encode(record.origin.line - previous.origin.line))
        previous = record
    }

    private mutating func add(_ text: [UInt8], after previous: [UInt8]) {
        let shared = zip(text, previous).prefix { $0 == $1 }.count
        bytes.varint(shared)
        bytes.prefixed(text[shared...])
    }

    /// Calls `body` with each record, unless some have been taken.
    func forEach(_ body: (ArticleRecord) -> Void) throws(FormatError) {
        precondition(takenCount == 0)
        let view = ByteView(bytes.bytes, file: IndexFile.articles.rawValue)
        var decoder = ArticleRecordDecoder(view, at: 0)
        for number in 0..<count {
            if number > 0, number % ArticleTableFormat.groupSize == 0 { decoder.beginGroup() }
            try decoder.next()
            body(decoder.record)
        }
    }

    /// The records since this was last called.
    mutating func takeBytes() -> [UInt8] {
        takenCount += bytes.count
        defer { bytes.removeAll() }
        return bytes.bytes
    }
}

/// Reads records from the first of a group on.
struct ArticleRecordDecoder {
    private var cursor: ByteCursor
    private(set) var record = ArticleRecord.none

    init(_ records: ByteView, at offset: Int) { cursor = ByteCursor(records, at: offset) }

    /// The next record is the first of a group.
    mutating func beginGroup() { record = .none }

    /// Moves to the next record.
    mutating func next() throws(FormatError) {
        try Self.read(&record.id, &cursor)
        try Self.read(&record.title, &cursor)
        try Self.read(&record.date, &cursor)
        record.origin.byte = try position(after: record.origin.byte)
        record.origin.line = try position(after: record.origin.line)
    }

    private static func read(_ text: inout [UInt8], _ cursor: inout ByteCursor) throws(FormatError) {
        let shared = try cursor.varint(atMost: text.count)
        text.removeLast(text.count - shared)
        try cursor.appendPrefixedBytes(to: &text)
    }

    private mutating func position(after previous: Int) throws(FormatError) -> Int {
        let position = previous &+ Zigzag.decode(try cursor.varint())
        guard position >= 0, position <= 1 << 60 else { throw cursor.error(.valueOutOfRange) }
        return position
    }
}

extension ArticleRecord {
    fileprivate static let none = ArticleRecord(
        id: [], title: [], date: [], origin: SourcePosition(byte: 0, line: 0))
}
