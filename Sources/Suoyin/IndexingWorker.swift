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
    private var terms: [TermBlock] = []
    private var titleTerms = TermBlock()

    init(writer: IndexWriter, memoryBudget: Int) throws {
        self.writer = writer
        self.memoryBudget = memoryBudget
        analyzer = try Analyzer()
    }

    /// Adds a batch to the segment under construction. An article that cannot be analysed is left out whole.
    mutating func index(_ batch: ArticleFeed.Batch) throws -> ArticleFeed.BatchResult {
        var result = ArticleFeed.BatchResult()
        for article in batch.articles {
            do throws(AnalysisError) {
                try analyze(article)
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

    /// Fills `titleTerms`, and `terms` for each paragraph.
    private mutating func analyze(_ article: Article) throws(AnalysisError) {
        try unsafe article.title.withUnsafeBufferPointer { (title) throws(AnalysisError) in
            try unsafe analyzer.analyze(title, into: &analysis)
        }
        Analyzer.terms(of: analysis, into: &titleTerms)
        while terms.count < article.paragraphs.count { terms.append(TermBlock()) }
        for (index, paragraph) in article.paragraphs.enumerated() {
            try unsafe article.text[paragraph.text].withUnsafeBufferPointer { (text) throws(AnalysisError) in
                try unsafe analyzer.analyze(text, into: &analysis)
            }
            Analyzer.terms(of: analysis, into: &terms[index])
        }
    }

    private mutating func add(_ article: Article, source: UInt32) throws {
        if let full = builder, full.isFull {
            writer.add(try full.finish())
            builder = nil
        }
        let builder = try builder ?? writer.makeSegmentBuilder(memoryBudget: memoryBudget)
        self.builder = builder
        builder.beginArticle(article, source: source, titleTerms: titleTerms)
        for (index, paragraph) in article.paragraphs.enumerated() {
            try builder.addParagraph(article.text[paragraph.text], source: paragraph.source, terms: terms[index])
        }
    }

    /// Writes the segment under construction, if there is one.
    mutating func finish() throws {
        guard let last = builder else { return }
        builder = nil
        writer.add(try last.finish())
    }
}
