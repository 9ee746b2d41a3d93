internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Analyses articles and builds segments of them, on one thread.
struct IndexingWorker {
    private let writer: IndexWriter
    private let memoryBudget: Int
    private let analyzer: Analyzer
    private var builder: SegmentBuilder?
    private var analysis = Analysis()
    private var terms = TermBlock()
    private var healed = Analysis()
    private var healedTerms = TermBlock()

    init(writer: IndexWriter, memoryBudget: Int) throws {
        self.writer = writer
        self.memoryBudget = memoryBudget
        analyzer = try Analyzer(breaker: .fast)
    }

    /// Adds a batch to the segment under construction. An article that cannot be analysed is left out whole.
    mutating func index(_ batch: ArticleFeed.Batch) throws -> ArticleFeed.BatchResult {
        var result = ArticleFeed.BatchResult()
        for article in batch.articles {
            do throws(AnalysisError) {
                try checkLengths(of: article)
            } catch {
                result.problems.append(.analysis(error, batch.path, article: article.id))
                continue
            }
            try add(article, source: batch.source)
            result.articles += 1
            result.paragraphs += article.paragraphs.count
            result.textBytes += article.paragraphs.reduce(0) { $0 + $1.text.count }
        }
        return result
    }

    /// Throws when a paragraph has more units than there is room for. Only one of many megabytes can, and only
    /// such a one is analysed twice: once begun, an article cannot be taken back.
    private mutating func checkLengths(of article: Article) throws(AnalysisError) {
        // Compatibility forms expand, though never to as many as two units a byte.
        for paragraph in article.paragraphs where paragraph.text.count >= TermBlock.positionLimit / 2 {
            try analyze(article.text[paragraph.text], words: false)
        }
    }

    private mutating func analyze(_ text: ArraySlice<UInt8>, words: Bool = true) throws(AnalysisError) {
        try unsafe text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
            try unsafe analyzer.analyze(text, into: &analysis, words: words)
        }
    }

    /// Reads the text just analysed without its noise; false when that is the same.
    private mutating func heal(_ text: ArraySlice<UInt8>) throws(AnalysisError) -> Bool {
        try unsafe text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
            try unsafe analyzer.heal(text, plain: analysis, into: &healed)
        }
    }

    private mutating func add(_ article: Article, source: UInt32) throws {
        if let full = builder, full.isFull {
            writer.add(try full.finish())
            builder = nil
        }
        let builder = try builder ?? writer.makeSegmentBuilder(memoryBudget: memoryBudget)
        self.builder = builder
        try analyze(article.title[...])
        Analyzer.terms(of: analysis, into: &terms)
        builder.beginArticle(article, source: source, titleTerms: terms)
        for paragraph in article.paragraphs {
            let text = article.text[paragraph.text]
            try analyze(text)
            Analyzer.terms(of: analysis, into: &terms)
            let isHealed = try heal(text)
            if isHealed { Analyzer.terms(of: healed, into: &healedTerms) }
            try builder.addParagraph(
                text, source: paragraph.source, kind: paragraph.kind, terms: terms,
                healedTerms: isHealed ? healedTerms : nil)
        }
    }

    /// Writes the segment under construction, if there is one.
    mutating func finish() throws {
        guard let last = builder else { return }
        builder = nil
        writer.add(try last.finish())
    }
}
