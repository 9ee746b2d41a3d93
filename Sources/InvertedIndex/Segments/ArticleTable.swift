public import Bytes
public import Model

/// What an article's record says.
public struct ArticleRecord: Equatable, Sendable {
    /// Empty when the id is that of the article's file, see ``SourceRecord/articleID``.
    public var id: [UInt8]
    public var title: [UInt8]
    public var date: [UInt8]
    /// Where its first paragraph stood when the segment was written.
    public var origin: SourcePosition

    public init(id: [UInt8], title: [UInt8], date: [UInt8], origin: SourcePosition) {
        self.id = id
        self.title = title
        self.date = date
        self.origin = origin
    }
}

/// The `articles` file of a segment, open. All look-ups are O(1) but ``article(ofParagraph:)``; ``record(_:)`` and
/// ``id(_:)`` read up to 16 records.
public struct ArticleTable: Sendable {
    private let entries: ByteView
    private let records: ByteView
    private let groups: ByteView
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
        guard articles < limit / entrySize, paragraphs <= limit, paragraphs < UInt64(UInt32.max),
            (articles + 1) * entrySize + articles + paragraphs
                + UInt64(8 * ArticleTableFormat.groups(articles: Int(articles))) <= limit
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        articleCount = Int(articles)
        paragraphCount = Int(paragraphs)
        let titlesStart = (articleCount + 1) * ArticleTableFormat.entrySize
        let paragraphsStart = titlesStart + articleCount
        let recordsStart = paragraphsStart + paragraphCount
        entries = try body.slice(0..<titlesStart)
        titleLengths = LengthTable(try body.slice(titlesStart..<paragraphsStart))
        paragraphLengths = LengthTable(try body.slice(paragraphsStart..<recordsStart))
        let groupsStart = trailer - 8 * ArticleTableFormat.groups(articles: articleCount)
        records = try body.slice(recordsStart..<groupsStart)
        groups = try body.slice(groupsStart..<trailer)
        // Without articles entry 0 is the last one, and there must be no paragraphs either.
        guard try entries.firstParagraph(0) == 0, try entries.firstParagraph(articleCount) == paragraphCount
        else { throw .malformed(file: body.file, offset: body.origin, rule: .countMismatch) }
    }

    /// The error that articles do not follow each other.
    public var disorder: FormatError {
        .malformed(file: entries.file, offset: entries.origin, rule: .keysOutOfOrder)
    }

    /// The ordinals of an article's paragraphs.
    public func paragraphs(ofArticle article: Int) throws(FormatError) -> Range<Int> {
        guard article < articleCount else { return 0..<0 }
        let first = try entries.firstParagraph(article)
        let end = try entries.firstParagraph(article + 1)
        guard first <= end, end <= paragraphCount else {
            throw .malformed(
                file: entries.file, offset: entries.origin + article * ArticleTableFormat.entrySize,
                rule: .keysOutOfOrder)
        }
        return first..<end
    }

    /// Whether every article has one paragraph, of its own number. O(articles), where there are as many of both.
    public func haveOneParagraphEach() throws(FormatError) -> Bool {
        guard articleCount == paragraphCount else { return false }
        var areSame = true
        try forEachFirstParagraph { areSame = areSame && $0 == $1 }
        return areSame
    }

    /// The first paragraph of each article, and behind the last one the number of paragraphs: ascending, from 0. O(articles).
    ///
    /// - Throws: where they do not ascend.
    public func firstParagraphs() throws(FormatError) -> [UInt32] {
        var firsts = [UInt32](repeating: 0, count: articleCount + 1)
        var previous: UInt32 = 0
        var areAscending = true
        try forEachFirstParagraph { article, first in
            areAscending = areAscending && previous <= first
            previous = first
            firsts[article] = first
        }
        // The last one is known to be the number of paragraphs.
        guard areAscending else { throw disorder }
        return firsts
    }

    /// By index, as the first query of a process waits for all of them.
    @inline(__always)
    private func forEachFirstParagraph(_ body: (Int, UInt32) -> Void) throws(FormatError) {
        try unsafe entries.withUnsafeBytes { (bytes) throws(FormatError) in
            // SAFETY: an entry an article, and one behind them.
            guard let start = bytes.baseAddress else { return }
            for article in 0...articleCount {
                let entry = unsafe start + article &* ArticleTableFormat.entrySize
                body(article, unsafe entry.loadUnaligned(as: UInt32.self).littleEndian)
            }
        }
    }

    /// The article of a paragraph. O(log articles).
    public func article(ofParagraph ordinal: Int) throws(FormatError) -> Int {
        // The first article that begins behind the paragraph; what is before `low` does not.
        var low = 0
        var high = articleCount
        while low < high {
            let middle = (low + high) / 2
            if try entries.firstParagraph(middle) <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low > 0 else { throw disorder }
        return low - 1
    }

    /// The source an article came from.
    public func source(ofArticle article: Int) throws(FormatError) -> UInt32 {
        try entries.integer(at: article * ArticleTableFormat.entrySize + 4)
    }

    /// A hash of what the article says, see ``Model/Article/fingerprint``.
    public func fingerprint(ofArticle article: Int) throws(FormatError) -> UInt64 {
        try entries.integer(at: article * ArticleTableFormat.entrySize + 8)
    }

    /// Calls `body` with every article and its record, in order. O(articles).
    public func forEachRecord(_ body: (Int, ArticleRecord) throws(FormatError) -> Void) throws(FormatError) {
        for first in stride(from: 0, to: articleCount, by: ArticleTableFormat.groupSize) {
            try forEachRecord(besides: first, body)
        }
    }

    /// The same for the articles whose records lie in one group with that of `article`, itself included: 16 at most, read in
    /// about the time that one takes.
    public func forEachRecord(besides article: Int, _ body: (Int, ArticleRecord) throws(FormatError) -> Void)
        throws(FormatError)
    {
        let group = article / ArticleTableFormat.groupSize
        let first = group * ArticleTableFormat.groupSize
        var decoder = try decoder(ofGroup: group)
        for article in first..<min(first + ArticleTableFormat.groupSize, articleCount) {
            try decoder.next()
            try body(article, decoder.record)
        }
    }

    /// What an article's record says.
    public func record(_ article: Int) throws(FormatError) -> ArticleRecord {
        var decoder = try decoder(ofGroup: group(of: article))
        for _ in 0...article % ArticleTableFormat.groupSize { try decoder.next() }
        return decoder.record
    }

    /// The id in an article's record, in less time than the whole record takes. The rest of the record is not looked at, so that
    /// it may answer where ``record(_:)`` finds damage; where both answer, they agree.
    public func id(_ article: Int) throws(FormatError) -> [UInt8] {
        try ArticleRecordDecoder.id(
            article % ArticleTableFormat.groupSize, in: records, at: start(ofGroup: group(of: article)))
    }

    /// The group that an article's record is in.
    private func group(of article: Int) throws(FormatError) -> Int {
        let group = article / ArticleTableFormat.groupSize
        guard article < articleCount else {
            throw .malformed(file: groups.file, offset: groups.origin + group * 8, rule: .offsetOutOfRange)
        }
        return group
    }

    /// Reads the records of a group from its first on.
    private func decoder(ofGroup group: Int) throws(FormatError) -> ArticleRecordDecoder {
        ArticleRecordDecoder(records, at: try start(ofGroup: group))
    }

    /// Where a group begins in the records.
    private func start(ofGroup group: Int) throws(FormatError) -> Int {
        let offset = try groups.integer(at: group * 8, as: UInt64.self)
        guard offset <= UInt64(records.count) else {
            throw .malformed(file: groups.file, offset: groups.origin + group * 8, rule: .offsetOutOfRange)
        }
        return Int(offset)
    }
}

extension ByteView {
    /// Of a table of entries.
    @inline(__always)
    fileprivate func firstParagraph(_ article: Int) throws(FormatError) -> Int {
        Int(try integer(at: article * ArticleTableFormat.entrySize, as: UInt32.self))
    }
}
