internal import Bytes
internal import Model
internal import Storage

/// Verifies one segment: every byte, every structure, and that its terms are those of its text.
struct SegmentCheck {
    /// What is wrong.
    private(set) var faults: [IndexError] = []
    /// Whether the articles and their text can be relied upon, whatever is wrong with the terms.
    private(set) var isTextSound = false
    private let info: SegmentInfo
    private let files: CommitFiles
    /// The sums of the text's terms, until those of the postings are taken away from them.
    private var sums: TermSums?

    /// - Parameters:
    ///   - terms: gives the terms of a text; nil leaves terms and text uncompared.
    ///   - sources: the files that live articles may have come from; nil where that is not known.
    init(_ info: SegmentInfo, in files: CommitFiles, terms: inout (any TextTerms)?, sources: Set<UInt32>?) {
        self.info = info
        self.files = files
        checkText(&terms, sources: sources)
        checkTerms()
    }

    private mutating func note(_ error: IndexError) { if !faults.contains(error) { faults.append(error) } }

    // MARK: Text

    private mutating func checkText(_ terms: inout (any TextTerms)?, sources: Set<UInt32>?) {
        do throws(IndexError) {
            let stored = try StoredArticles(info, in: files)
            sums = terms == nil ? nil : TermSums(articles: info.articleCount, paragraphs: info.paragraphCount)
            try IndexError.format { () throws(FormatError) in
                try walkText(stored, &terms, sources: sources)
            }
            isTextSound = true
        } catch {
            sums = nil
            note(error)
        }
    }

    /// Decodes every article and paragraph, and adds up the terms of their texts.
    private mutating func walkText(
        _ stored: StoredArticles, _ terms: inout (any TextTerms)?, sources: Set<UInt32>?
    ) throws(FormatError) {
        let file = files.location + "/" + IndexFile.articles.name(info.id)
        func malformed(_ rule: FormatError.Rule) -> FormatError {
            .malformed(file: file, offset: Envelope.headerSize, rule: rule)
        }
        let table = stored.articles
        let reader = StoredTextReader(stored.text)
        var totals = LengthTotals()
        for number in 0..<info.articleCount {
            let source = try table.source(ofArticle: number)
            guard source < files.manifest.nextSource else { throw malformed(.unknownReference) }
            if let sources, stored.live?.isDeleted(number) != true, !sources.contains(source) {
                throw malformed(.unknownReference)
            }
            let article = try stored.article(number, reader).article
            let paragraphs = try table.paragraphs(ofArticle: number)
            totals.add(title: try table.titleLengths.length(of: number))
            for ordinal in paragraphs {
                totals.add(paragraph: try table.paragraphLengths.length(of: ordinal))
                guard try table.article(ofParagraph: ordinal) == number else { throw malformed(.keysOutOfOrder) }
            }
            try add(article, number, paragraphs, table, &terms)
        }
        guard totals.agree(with: info), stored.live?.deletedCount ?? 0 == info.deletedArticles else {
            throw malformed(.countMismatch)
        }
    }

    /// Adds the terms of an article's texts to the sums, and compares lengths.
    private mutating func add(
        _ article: Article, _ number: Int, _ paragraphs: Range<Int>, _ table: ArticleTable,
        _ terms: inout (any TextTerms)?
    ) throws(FormatError) {
        guard terms != nil else { return }
        var block = TermBlock()
        var healed = TermBlock()
        // A text that gives no terms at all any more leaves those of the postings behind.
        do { try terms?.title(article.title[...], into: &block) } catch { block.removeAll() }
        sums?.add(block, field: .title, document: number)
        var disagrees = !LengthTotals.isSame(try table.titleLengths.length(of: number), block.length)
        for (ordinal, paragraph) in zip(paragraphs, article.paragraphs) {
            var isHealed = false
            do {
                isHealed = try terms!.paragraph(article.text[paragraph.text], into: &block, healed: &healed)
            } catch { block.removeAll() }
            sums?.add(block, field: .body, document: ordinal)
            if isHealed { sums?.add(healed, field: .healed, document: ordinal) }
            let length = try table.paragraphLengths.length(of: ordinal)
            disagrees = disagrees || !LengthTotals.isSame(length, block.length)
        }
        if disagrees {
            let file = files.location + "/" + IndexFile.articles.name(info.id)
            note(.format(.malformed(file: file, offset: Envelope.headerSize, rule: .countMismatch)))
        }
    }

    // MARK: Terms

    private mutating func checkTerms() {
        do throws(IndexError) {
            let reader = try SegmentReader(info, in: files)
            try IndexError.format { () throws(FormatError) in try walkTerms(reader) }
            if isTextSound { compareSums(reader) }
        } catch {
            note(error)
        }
    }

    /// Decodes every posting and position, and takes them away from the sums.
    private mutating func walkTerms(_ reader: SegmentReader) throws(FormatError) {
        var previous: [UInt8] = []
        var positions: [UInt32] = []
        let impacts = try ImpactCheck(reader)
        var sums = sums
        self.sums = nil
        try reader.dictionary.forEach { (key, entry) throws(FormatError) in
            func malformed(_ rule: FormatError.Rule) -> FormatError { reader.dictionary.files.error(entry, rule) }
            guard previous.lexicographicallyPrecedes(key) else { throw malformed(.keysOutOfOrder) }
            previous = key
            guard let parsed = ParsedKey(key) else { throw malformed(.unknownKey) }
            guard let found = try reader.find(ParsedKey.termKey(key, parsed)),
                found.postings == entry.postings, found.documentCount == entry.documentCount
            else { throw malformed(.unreachableKey) }

            let keepsPositions = TermSums.keepsPositions(parsed.field, parsed.kind)
            let cursor = try reader.cursor(entry, field: parsed.field)
            var documents = 0
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                let document = Int(cursor.document)
                documents += 1
                guard keepsPositions else {
                    sums?.subtract(
                        parsed.hash, frequency: cursor.frequency, field: parsed.field, document: document)
                    continue
                }
                try cursor.positions(into: &positions)
                let isWithin = parsed.field == .body ? try isWithin(positions, document, reader) : true
                guard isWithin, Self.isAscending(positions) else { throw malformed(.positionOutOfRange) }
                sums?.subtract(parsed.hash, positions: positions, field: parsed.field, document: document)
            }
            guard documents == entry.documentCount else { throw malformed(.countMismatch) }
            try impacts.check(entry, field: parsed.field, in: reader)
        }
        self.sums = sums
    }

    private static func isAscending(_ positions: [UInt32]) -> Bool {
        zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
    }

    private func isWithin(_ positions: [UInt32], _ document: Int, _ reader: SegmentReader) throws(FormatError)
        -> Bool
    {
        let length = try reader.articles.paragraphLengths.length(of: document)
        return positions.last.map { LengthTotals.allows($0, length) } ?? true
    }

    /// Names the first paragraph whose terms are not those of its text.
    private mutating func compareSums(_ reader: SegmentReader) {
        guard let sums else { return }
        let titles = sums.differing(.title)
        let paragraphs = Set(sums.differing(.body) + sums.differing(.healed)).sorted()
        guard !titles.isEmpty || !paragraphs.isEmpty else { return }
        var (article, number) = (titles.first ?? 0, 0)
        if titles.isEmpty, let ordinal = paragraphs.first,
            let owner = try? reader.articles.article(ofParagraph: ordinal),
            let range = try? reader.articles.paragraphs(ofArticle: owner)
        {
            (article, number) = (owner, ordinal - range.lowerBound + 1)
        }
        note(
            .termsDisagree(
                file: files.location + "/" + IndexFile.terms.name(info.id),
                article: (try? reader.articles.record(article).id) ?? [], paragraph: number,
                others: titles.count + paragraphs.count - 1))
    }
}

/// Sums of the lengths of texts, to be compared with what the manifest says.
struct LengthTotals {
    private var titles: UInt64 = 0
    private var paragraphs: UInt64 = 0

    mutating func add(title length: Int) { titles += UInt64(length) }

    mutating func add(paragraph length: Int) { paragraphs += UInt64(length) }

    func agree(with info: SegmentInfo) -> Bool { titles == info.titleLength && paragraphs == info.bodyLength }

    /// Whether a length is what the table keeps of another one.
    static func isSame(_ stored: Int, _ length: Int) -> Bool {
        stored == LengthCode.decode(LengthCode.encode(length))
    }

    /// Whether a text whose length the table has as `stored` may have a unit at `position`.
    static func allows(_ position: UInt32, _ stored: Int) -> Bool {
        // From 32 up, a code stands for lengths up to a thirty-second more.
        Int(position) < (stored < 32 ? stored : stored + stored / 16) || stored >= LengthCode.decode(.max)
    }
}
