internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Tells which articles of a snapshot pass a request's filter. One filter serves one query.
///
/// Nothing is read until an article is asked about; each is judged once, and paths once a file. Of titles, those alone are read
/// that may hold the text by their terms.
final class ArticleFilter {
    private enum Verdict: UInt8 {
        case unknown, passes, fails
    }

    private let filter: SearchFilter
    private let snapshot: IndexView
    private let title: UnitSequence?
    private let titles: TitleCandidates?
    private let analyzer: Analyzer
    private let heals: Bool
    private lazy var directory = Path.workingDirectory() ?? Path("/")
    /// One an article; empty for segments not asked about yet.
    private var verdicts: [[Verdict]]
    /// By the number of the index, and that of the file in it.
    private var sources: [[UInt32]: Bool] = [:]

    /// - Parameters:
    ///   - analyzer: the index's.
    ///   - narrow: that of the query's fold level, if this is a narrower one.
    /// - Returns: nil when the request has no filter.
    init?(
        _ request: SearchRequest, _ snapshot: IndexView, finder: TermFinder, analyzer: Analyzer,
        narrow: Analyzer? = nil
    ) throws(SearchError) {
        filter = request.filter
        if filter.isEmpty { return nil }
        self.snapshot = snapshot
        self.analyzer = narrow ?? analyzer
        heals = request.heals
        verdicts = Array(repeating: [], count: snapshot.segments.count)
        guard let text = filter.title else {
            (title, titles) = (nil, nil)
            return
        }
        let widest = try Self.sequence(of: text, analyzer)
        title = if let narrow { try Self.sequence(of: text, narrow) } else { widest }
        if title == nil { throw .query(.nothingInTitle) }
        titles =
            if let widest {
                try TitleCandidates(
                    widest, isVerbatim: !request.heals && narrow == nil, finder: finder)
            } else { nil }
    }

    private static func sequence(of text: String, _ analyzer: Analyzer) throws(SearchError) -> UnitSequence? {
        do throws(AnalysisError) {
            let analysis = try analyzer.analyze(text.utf8, words: false)
            return UnitSequence(analysis, analysis.units.indices)
        } catch {
            throw .analysis(error)
        }
    }

    /// Whether the article of a paragraph passes. O(log articles) once the article has been judged.
    func contains(paragraph ordinal: Int, segment: Int) throws(SearchError) -> Bool {
        let article = try SearchError.format { () throws(FormatError) in
            try snapshot.segments[segment].articles.article(ofParagraph: ordinal)
        }
        return try contains(article: article, segment: segment)
    }

    /// Whether an article passes. O(1) once it has been judged.
    func contains(article: Int, segment: Int) throws(SearchError) -> Bool {
        if verdicts[segment].isEmpty { verdicts[segment] = try firstVerdicts(segment) }
        if verdicts[segment][article] == .unknown { try judge(article, segment) }
        return verdicts[segment][article] == .passes
    }

    /// What is known of the articles of a segment before any is read.
    private func firstVerdicts(_ segment: Int) throws(SearchError) -> [Verdict] {
        let count = snapshot.segments[segment].articles.articleCount
        guard let titles else { return Array(repeating: .unknown, count: count) }
        var verdicts = [Verdict](repeating: .fails, count: count)
        try SearchError.format { () throws(FormatError) in
            try titles.forEach(inSegment: segment) { verdicts[$0] = .unknown }
        }
        return verdicts
    }

    /// Judges an article, and where that takes its record, those whose records are read on the way: best match asks about one
    /// after the other when few pass. The cheapest question comes first.
    private func judge(_ article: Int, _ segment: Int) throws(SearchError) {
        let table = snapshot.segments[segment].articles
        let source = try SearchError.format { () throws(FormatError) in try table.source(ofArticle: article) }
        let passes = try passes(source: source, ofSegment: segment)
        guard passes, filter.readsRecords else {
            verdicts[segment][article] = passes ? .passes : .fails
            return
        }
        var records: [(article: Int, record: ArticleRecord)] = []
        do throws(FormatError) {
            try table.forEachRecord(besides: article) { records.append(($0, $1)) }
        } catch {
            throw .format(error)
        }
        for (other, record) in records where verdicts[segment][other] == .unknown {
            let source = try SearchError.format { () throws(FormatError) in try table.source(ofArticle: other) }
            let isHere = try self.passes(source: source, ofSegment: segment)
            let passes = isHere ? try self.passes(record, of: other, segment) : false
            verdicts[segment][other] = passes ? .passes : .fails
        }
    }

    private func passes(_ record: ArticleRecord, of article: Int, _ segment: Int) throws(SearchError) -> Bool {
        if !filter.articles.isEmpty {
            let id =
                record.id.isEmpty
                ? try SearchError.format { () throws(FormatError) in
                    try snapshot.articleID(article, ofSegment: segment)
                } : record.id
            guard filter.articles.contains(id) else { return false }
        }
        if filter.since != nil || filter.until != nil {
            guard let date = DatePeriod(found: record.date), filter.admits(date) else { return false }
        }
        guard let title else { return true }
        let text = try AnalysedParagraph(record.title, analyzer: analyzer, heals: heals)
        return !title.occurrences(in: text.plain).isEmpty
            || text.healed.map { !title.occurrences(in: $0).isEmpty } ?? false
    }

    private func passes(source: UInt32, ofSegment segment: Int) throws(SearchError) -> Bool {
        if filter.paths.isEmpty { return true }
        let key = [UInt32(snapshot.index(ofSegment: segment)), source]
        if let known = sources[key] { return known }
        let record = try SearchError.format { () throws(FormatError) in
            try snapshot.source(source, ofSegment: segment)
        }
        let passes =
            record.map { record in
                filter.paths.contains { $0.covers(record.path, id: record.articleID, from: directory) }
            } ?? false
        sources[key] = passes
        return passes
    }
}
