public import Bytes
public import Model
internal import Storage

/// A segment, open for reading. Immutable, and shared by any number of threads. A class, since queries hand it about, and it
/// views many files.
public final class SegmentReader: Sendable {
    public let info: SegmentInfo
    public let articles: ArticleTable
    public let text: StoredText
    /// Deleted and moved articles; nil when there are none.
    public let live: LiveSet?
    let dictionary: TermDictionary

    /// - Parameter shelf: keeps the vocabularies that are open already.
    init(_ info: SegmentInfo, in storage: any FileSource, shelf: VocabularyShelf = VocabularyShelf())
        throws(IndexError)
    {
        self.info = info
        let vocabulary = try shelf.vocabulary(info.vocabulary, in: storage)
        var bodies: [ByteView] = []
        for (kind, size) in zip(IndexFile.ofSegment, info.sizes) {
            let body = try kind.open(kind.name(info.id), owner: info.id, in: storage, size: size)
            bodies.append(body)
        }
        let opened = bodies
        (dictionary, articles, text) = try IndexError.format { () throws(FormatError) in
            let articles = try ArticleTable(opened[3])
            guard articles.articleCount == info.articleCount, articles.paragraphCount == info.paragraphCount else {
                throw .malformed(file: opened[3].file, offset: opened[3].origin, rule: .countMismatch)
            }
            let dictionary = try TermDictionary(terms: opened[0], postings: opened[1], positions: opened[2])
            let text = try StoredText(opened[4], paragraphCount: info.paragraphCount, vocabulary: vocabulary)
            return (dictionary, articles, text)
        }
        live = try LiveSet.read(info, in: storage)
    }

    public var paragraphCount: Int { info.paragraphCount }

    /// The scale of the impacts of paragraphs' postings.
    public var paragraphScale: ImpactScale { dictionary.paragraphScale }

    /// How far an article has moved in its file since the segment was written: what is stored of the places of its
    /// paragraphs is off by this.
    public func shift(ofArticle article: Int) -> SourceShift { live?.shifts.shift(of: article) ?? .none }

    /// The dictionary's entry of a term, or nil when nothing holds it.
    public func find(_ key: TermKey) throws(FormatError) -> TermEntry? { try dictionary.find(key) }

    /// The same for many terms, which takes less time than one by one.
    public func find(_ keys: [TermKey]) throws(FormatError) -> [TermEntry?] { try dictionary.find(keys) }

    /// The first bytes of all keys: which kinds of terms there are, of which fields. O(log terms) for each.
    public func beginningsOfTerms() throws(FormatError) -> Set<UInt8> {
        var found: Set<UInt8> = []
        var next: UInt8? = 0
        while let wanted = next {
            let iterator = TermIterator(dictionary)
            guard try iterator.seek([wanted]), let first = iterator.key.first else { break }
            found.insert(first)
            next = first < .max ? first + 1 : nil
        }
        return found
    }

    /// Calls `body` with the key of every term, ascending, and its entry.
    public func forEachTerm(_ body: ([UInt8], TermEntry) throws(FormatError) -> Void) throws(FormatError) {
        try dictionary.forEach(body)
    }

    /// A cursor over paragraphs, or articles for terms of titles.
    ///
    /// - Parameter bigram: for a pair, what is in memory of its bigram's list in the field: where that is all of it, it spares
    ///   unpacking it again.
    public func cursor(_ entry: TermEntry, field: Field, of bigram: PostingsMemory.List? = nil) throws(FormatError)
        -> PostingsCursor
    {
        try PostingsCursor(
            entry, in: dictionary.files, documentLimit: documentLimit(field), positionLimit: positionLimit,
            host: bigram)
    }

    /// Unpacks all postings of a term into memory.
    ///
    /// - Parameters:
    ///   - list: begun last, for as many documents as have the term.
    ///   - body: is called with documents and frequencies, of equal count, a block at a time.
    public func unpack(
        _ entry: TermEntry, field: Field, into list: inout PostingsMemory.List,
        _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void = { _, _ in }
    ) throws(FormatError) {
        let blocks = try PostingsBlocks(entry, in: dictionary.files, documentLimit: documentLimit(field))
        for number in 0..<blocks.blockCount {
            let (documents, frequencies) = try unsafe list.append(PostingsFormat.blockSize) {
                (documents, frequencies) throws(FormatError) in
                try unsafe blocks.unpack(blocks.unpack(number, into: documents).frequencies, into: frequencies)
            }
            unsafe body(documents, frequencies)
        }
        let rest = entry.documentCount % PostingsFormat.blockSize
        let (documents, frequencies) = try unsafe list.append(rest) {
            (documents, frequencies) throws(FormatError) in
            _ = try unsafe blocks.readRest(into: documents, frequencies)
        }
        unsafe body(documents, frequencies)
    }

    /// The greatest impact of any of a term's postings (see ``ImpactScale``); 255 for short lists, which keep none.
    public func greatestImpact(_ entry: TermEntry) throws(FormatError) -> UInt8 {
        entry.isLong ? try dictionary.files.bytes(entry.postings).integer(at: 0) : .max
    }

    /// Positions that all texts of the segment have at most, in either reading: generously, since it only keeps damage
    /// from asking for all memory there is.
    var positionLimit: Int { 1 << 20 + 16 * Int(min(info.bodyLength, 1 << 40)) }

    /// Documents of a field, deleted ones included.
    public func documentLimit(_ field: Field) -> Int {
        field.isOfArticles ? info.articleCount : info.paragraphCount
    }
}
