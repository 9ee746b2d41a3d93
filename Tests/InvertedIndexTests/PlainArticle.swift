import Model
import TestSupport

@testable import InvertedIndex

/// An article with its terms made up: the index knows nothing of Chinese.
struct PlainArticle {
    /// The fingerprint under which these tests write.
    static let analyzer = "plain-1"

    struct PlainParagraph {
        var text: [UInt8]
        var source: SourceRange
        var terms: TermBlock
        /// One paragraph in four has another reading.
        var healedTerms: TermBlock?
    }

    var id: [UInt8]
    var source: UInt32
    var title: [UInt8] = []
    var date: [UInt8] = []
    var titleTerms = TermBlock()
    var paragraphs: [PlainParagraph] = []

    /// - Parameter length: positions a paragraph may have, at most.
    init(
        id: String, source: UInt32, paragraphs count: Int, length: Int = 40, using generator: inout SplitMix64
    ) {
        self.id = Array(id.utf8)
        self.source = source
        title = generator.bytes(generator.below(20))
        date = generator.bytes(generator.below(3))
        titleTerms = Self.terms(upTo: 10, using: &generator)
        var start = 0
        for line in 0..<count {
            let text = generator.bytes(generator.below(generator.once(in: 10) ? 3000 : 30))
            let range = SourceRange(bytes: start..<start + text.count, line: line + 1)
            paragraphs.append(
                PlainParagraph(
                    text: text, source: range, terms: Self.terms(upTo: length, using: &generator),
                    healedTerms: generator.once(in: 4) ? Self.terms(upTo: length, using: &generator) : nil))
            start += text.count + 1
        }
    }

    /// Terms of all kinds at random places, from so few that they meet again everywhere.
    static func terms(upTo limit: Int, using generator: inout SplitMix64) -> TermBlock {
        var block = TermBlock()
        block.length = generator.below(limit + 1)
        let variety = generator.pick([2, 6, 300])
        func scalar() -> UInt64 {
            UInt64(generator.once(in: 9) ? 0x3FE00 : 0x4E00) + UInt64(generator.below(variety))
        }
        for position in 0..<UInt64(block.length) {
            let bits = TermBlock.positionBits
            if !generator.once(in: 3) { block.characters.append(scalar() << bits | position) }
            let pair = scalar() << TermBlock.scalarBits | scalar()
            if generator.once(in: 2) {
                block.bigrams.append(pair << bits | position)
                if generator.once(in: 2) { block.pairs.append(pair << bits | position) }
            }
            guard generator.once(in: 2) else { continue }
            let start = Int32(block.wordBytes.count)
            let stem = generator.once(in: 2) ? "" : "a-rather-long-word-"
            block.wordBytes += Array("\(stem)\(generator.below(variety))".utf8)
            block.words.append(
                .init(
                    kind: generator.pick([.hanWord, .word]), start: start, end: Int32(block.wordBytes.count),
                    position: UInt32(position)))
        }
        return block
    }

    /// The article, as far as its terms do not matter.
    private var article: Article {
        var article = Article(id: id, title: title, date: date)
        for paragraph in paragraphs {
            let start = article.text.count
            article.text += paragraph.text
            article.paragraphs.append(Paragraph(text: start..<article.text.count, source: paragraph.source))
        }
        return article
    }

    var origin: SourcePosition { article.origin }

    /// Moves it in its file.
    mutating func move(by shift: SourceShift) {
        for index in paragraphs.indices { paragraphs[index].source = paragraphs[index].source.moved(by: shift) }
    }

    /// The article as a builder takes it.
    func add(to builder: SegmentBuilder) throws {
        builder.beginArticle(article, source: source, titleTerms: titleTerms)
        for paragraph in paragraphs {
            try builder.addParagraph(
                paragraph.text[...], source: paragraph.source, terms: paragraph.terms,
                healedTerms: paragraph.healedTerms)
        }
    }
}

extension SourceRecord {
    /// A record with made-up facts about its file.
    init(_ id: UInt32) {
        self.init(
            id: id, path: Path("/articles/\(id).txt"), rootLength: 9, size: Int(id) * 10, modified: Int64(id),
            changed: 5, contentHash: UInt64(id) << 40)
    }
}

extension IndexWriter {
    /// Writes `articles` into one segment more.
    func addSegment(_ articles: [PlainArticle], memoryBudget: Int = 1 << 20) throws {
        try addSegment(ofParts: [articles], memoryBudget: memoryBudget)
    }

    /// Writes articles into one segment more, each part with a builder of its own.
    func addSegment(ofParts parts: [[PlainArticle]], memoryBudget: Int = 1 << 20) throws {
        try finish(
            try parts.map { articles in
                let builder = try makeSegmentBuilder(memoryBudget: memoryBudget)
                for article in articles { try article.add(to: builder) }
                return builder
            })
    }
}
