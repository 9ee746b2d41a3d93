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

    /// Bytes that are looked at together: a view of bytes is a copy of them.
    static let pieceSize = 1 << 16

    /// Calls `body` with the entries that a writer holds: first paragraph, source and fingerprint.
    static func forEachEntry(of entries: ByteWriter, _ body: (Int, UInt32, UInt64) -> Void) throws(FormatError) {
        for start in stride(from: 0, to: entries.count, by: pieceSize) {
            let piece = ByteView(
                Array(entries.bytes[start..<min(start + pieceSize, entries.count)]),
                file: IndexFile.articles.rawValue)
            for offset in stride(from: 0, to: piece.count, by: entrySize) {
                body(
                    Int(try piece.integer(at: offset, as: UInt32.self)), try piece.integer(at: offset + 4),
                    try piece.integer(at: offset + 8))
            }
        }
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
    /// The offset of each group so far.
    private var starts: [Int] = []
    private var takenCount = 0
    private var count = 0
    private var previous = ArticleRecord.none

    mutating func add(_ record: ArticleRecord) {
        if count % ArticleTableFormat.groupSize == 0 {
            starts.append(takenCount + bytes.count)
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

    /// The offsets of the groups as they stand in the file.
    var offsets: [UInt8] {
        var writer = ByteWriter()
        for start in starts { writer.integer(UInt64(start)) }
        return writer.bytes
    }

    /// Calls `body` with each record. For an encoder of which nothing has been taken.
    func forEach(_ body: (ArticleRecord) -> Void) throws(FormatError) {
        precondition(takenCount == 0)
        let size = ArticleTableFormat.groupSize
        for group in 0..<ArticleTableFormat.groups(articles: count) {
            let end = group < starts.count - 1 ? starts[group + 1] : bytes.count
            let view = ByteView(Array(bytes.bytes[starts[group]..<end]), file: IndexFile.articles.rawValue)
            var decoder = ArticleRecordDecoder(view, at: 0)
            for _ in group * size..<min(count, group * size + size) {
                try decoder.next()
                body(decoder.record)
            }
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

    /// Moves to the next record.
    mutating func next() throws(FormatError) {
        try Self.read(&record.id, &cursor)
        try Self.read(&record.title, &cursor)
        try Self.read(&record.date, &cursor)
        record.origin.byte = try position(after: record.origin.byte)
        record.origin.line = try position(after: record.origin.line)
    }

    /// Reads the id of one record of a group, and passes over everything else: what ``next()`` gives of it, where all of the
    /// records are sound.
    ///
    /// - Parameters:
    ///   - number: of the record in the group.
    ///   - offset: of the group in the records.
    /// - Throws: where the ids make no sense, or what stands between them does not end.
    static func id(_ number: Int, in records: ByteView, at offset: Int) throws(FormatError) -> [UInt8] {
        var offset = offset
        precondition(number < ArticleTableFormat.groupSize)
        // Of each id, how much of the one before it begins with, and where its own bytes are. One for each of a group.
        var ids = InlineArray<16, (shared: Int, own: Range<Int>)>(repeating: (0, 0..<0))
        var length = 0
        for index in 0...number {
            let shared = try records.varint(at: &offset, atMost: length)
            let own = try records.prefixedRange(at: &offset)
            ids[index] = (shared, own)
            length = shared + own.count
            guard index < number else { break }
            // Title and date: what they share, and the others. Then the place of the first paragraph.
            for _ in 0..<2 {
                _ = try records.varint(at: &offset)
                _ = try records.prefixedRange(at: &offset)
            }
            for _ in 0..<2 { _ = try records.varint(at: &offset) }
        }
        // From the last on, each gives what it has itself of what is wanted by those behind it.
        var id = [UInt8](repeating: 0, count: length)
        var wanted = length
        var index = number
        while wanted > 0 {
            let (shared, own) = ids[index]
            if shared < wanted {
                let part = own.lowerBound..<own.lowerBound + wanted - shared
                try unsafe records.withUnsafeBytes(in: part) { bytes in
                    for place in bytes.indices { id[shared + place] = unsafe bytes[place] }
                }
                wanted = shared
            }
            index -= 1
        }
        return id
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
