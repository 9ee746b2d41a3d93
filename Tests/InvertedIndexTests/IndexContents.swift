import Bytes
import Model
import Storage

@testable import InvertedIndex

/// Everything a reader can find out about the live articles of an index, in plain dictionaries; and the same for a
/// list of articles, without any index. Two indexes say the same when these are equal.
struct IndexContents: Equatable {
    /// A paragraph, or, with number 0, a title.
    struct Place: Hashable {
        var article: [UInt8]
        var number: Int
    }

    struct Posting: Equatable {
        var frequency: Int
        /// nil for terms that keep none.
        var positions: [UInt32]?
    }

    struct ArticleContent: Equatable {
        var source: UInt32
        var title: [UInt8]
        var date: [UInt8]
        var titleLength: Int
        var paragraphs: [ParagraphContent] = []
    }

    struct ParagraphContent: Equatable {
        var text: [UInt8]
        var source: SourceRange
        var length: Int
    }

    var articles: [[UInt8]: ArticleContent] = [:]
    /// By the bytes of the term's key.
    var postings: [[UInt8]: [Place: Posting]] = [:]
    var sources: [UInt32: SourceRecord] = [:]

    // MARK: From an index

    init(_ snapshot: IndexSnapshot) throws {
        for source in try snapshot.sources.all() { sources[source.id] = source }
        for segment in snapshot.segments {
            let places = try addArticles(of: segment)
            try segment.dictionary.forEach { (key, entry) throws(FormatError) in
                try addPostings(of: key, entry, in: segment, places)
            }
        }
    }

    /// Where each document of a segment stands; nil for deleted ones.
    private struct Places {
        var paragraphs: [Place?] = []
        var titles: [Place?] = []
    }

    private mutating func addArticles(of segment: SegmentReader) throws -> Places {
        var places = Places()
        let text = StoredTextReader(segment.text)
        for number in 0..<segment.articles.articleCount {
            let paragraphs = try segment.articles.paragraphs(ofArticle: number)
            guard segment.live?.isDeleted(number) != true else {
                places.titles.append(nil)
                places.paragraphs += paragraphs.map { _ in nil }
                continue
            }
            let record = try segment.articles.record(number)
            places.titles.append(Place(article: record.id, number: 0))
            var article = ArticleContent(
                source: try segment.articles.source(ofArticle: number), title: record.title, date: record.date,
                titleLength: try segment.articles.titleLengths.length(of: number))
            for ordinal in paragraphs {
                let stored = try text.paragraph(ordinal)
                article.paragraphs.append(
                    ParagraphContent(
                        text: stored.text, source: stored.source,
                        length: try segment.articles.paragraphLengths.length(of: ordinal)
                    ))
                places.paragraphs.append(Place(article: record.id, number: article.paragraphs.count))
            }
            precondition(articles[record.id] == nil, "the articles of these tests have one id each")
            articles[record.id] = article
        }
        return places
    }

    private mutating func addPostings(
        of key: [UInt8], _ entry: TermEntry, in segment: SegmentReader, _ places: Places
    ) throws(FormatError) {
        let field = Field(rawValue: key[0] >> 4)!
        let kind = TermKind(rawValue: key[0] & 15)!
        let cursor = try segment.cursor(entry, field: field)
        var positions: [UInt32] = []
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            let document = Int(cursor.document)
            guard let place = field == .title ? places.titles[document] : places.paragraphs[document] else {
                continue
            }
            var posting = Posting(frequency: Int(cursor.frequency))
            if field != .title, kind.hasPositions {
                try cursor.positions(into: &positions)
                posting.positions = positions
            }
            postings[key, default: [:]][place] = posting
        }
    }

    // MARK: From plain articles

    init(_ plain: some Sequence<PlainArticle>, sources: [SourceRecord]) {
        for source in sources { self.sources[source.id] = source }
        for article in plain {
            var content = ArticleContent(
                source: article.source, title: article.title, date: article.date,
                titleLength: LengthCode.decode(LengthCode.encode(article.titleTerms.length)))
            add(article.titleTerms, field: .title, Place(article: article.id, number: 0))
            for (index, paragraph) in article.paragraphs.enumerated() {
                content.paragraphs.append(
                    ParagraphContent(
                        text: paragraph.text, source: paragraph.source,
                        length: LengthCode.decode(LengthCode.encode(paragraph.terms.length)))
                )
                let place = Place(article: article.id, number: index + 1)
                add(paragraph.terms, field: .body, place)
                if let healed = paragraph.healedTerms { add(healed, field: .healed, place) }
            }
            articles[article.id] = content
        }
    }

    private mutating func add(_ terms: TermBlock, field: Field, _ place: Place) {
        for (kind, occurrences) in [
            (TermKind.character, terms.characters), (.bigram, terms.bigrams), (.pair, terms.pairs),
        ] {
            for occurrence in occurrences {
                let key = TermKey(field: field, kind: kind, integer: occurrence >> TermBlock.positionBits)
                add(key, kind, UInt32(occurrence & UInt64(TermBlock.positionLimit - 1)), field, place)
            }
        }
        for word in terms.words {
            let bytes = terms.wordBytes[Int(word.start)..<Int(word.end)]
            add(TermKey(field: field, kind: word.kind, word: bytes), word.kind, word.position, field, place)
        }
    }

    private mutating func add(_ key: TermKey, _ kind: TermKind, _ position: UInt32, _ field: Field, _ place: Place)
    {
        let keepsPositions = field != .title && kind.hasPositions
        var posting = postings[key.bytes]?[place] ?? Posting(frequency: 0, positions: keepsPositions ? [] : nil)
        posting.frequency += 1
        if keepsPositions { posting.positions?.append(position) }
        postings[key.bytes, default: [:]][place] = posting
    }
}

extension IndexContents {
    /// What `storage` holds; nil when there is no index.
    init?(in storage: any Storage) throws {
        do {
            try self.init(try IndexSnapshot(storage, analyzer: PlainArticle.analyzer))
        } catch IndexError.noIndex {
            return nil
        }
    }
}
