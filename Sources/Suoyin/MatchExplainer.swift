public import Articles
public import Model
internal import Search
internal import Tokenizer

/// Tells why paragraphs of files match a query, or do not. No index is needed: the files themselves are read, and
/// their paragraphs compared as a search would.
///
/// ```swift
/// let explainer = try MatchExplainer(SearchRequest("字节跳动"))
/// for paragraph in try explainer.paragraphs(of: "articles/a.txt") where !paragraph.isMatch { … }
/// ```
public final class MatchExplainer {
    /// A text as it is compared.
    public struct Reading: Sendable {
        public var folded: String
        public var units: [TextAnalysis.Unit]
        /// What was left out of it.
        public var noise: [Noise]

        init(_ analysis: Analysis) {
            folded = String(decoding: analysis.folded, as: UTF16.self)
            units = TextAnalysis.units(of: analysis)
            noise = analysis.noise
        }
    }

    /// A keyword as it is looked for.
    public struct Keyword: Sendable {
        /// As written.
        public var text: String
        public var folded: String
        /// The units that are looked for: all but marks at the ends.
        public var units: [TextAnalysis.Unit]
        /// Whether any word counts that begins like its last one.
        public var isPrefix: Bool
        /// Whether it stands after NOT.
        public var isExcluded: Bool
        /// Units between it and the next keyword, at most, where the two are a pair.
        public var distance: Int?
    }

    /// A paragraph beside the keywords.
    public struct Paragraph: Sendable {
        public var path: Path
        public var articleID: [UInt8]
        /// Its number in the article, from 1.
        public var number: Int
        public var source: SourceRange
        public var kind: ParagraphKind
        public var text: String
        public var plain: Reading
        /// Nil when it is the plain one, or was not asked for.
        public var healed: Reading?
        /// One a keyword, in the same order.
        public var comparisons: [KeywordComparison]

        /// Whether every keyword stands in it, or what the query says of them holds: whether `exact` finds it.
        public var isMatch: Bool

        /// The reading by its name; the plain one where the healed is the same.
        public func reading(_ reading: KeywordComparison.Reading) -> Reading {
            reading == .healed ? healed ?? plain : plain
        }
    }

    public let keywords: [Keyword]
    /// In which encodings files are to be read, as for ``Indexer/encodings``.
    public var encodings: [EncodingRule] = []
    /// Which files under a directory are looked at, as for ``Indexer/selection``.
    public var selection = FileSelection()
    private let directory = Path.workingDirectory() ?? Path("/")
    private let explainer: QueryExplainer

    /// - Parameter request: its mode and limit do not count. Both sides are folded at its level.
    /// - Throws: ``QueryError`` when the query does not parse.
    public init(_ request: SearchRequest) throws {
        do {
            explainer = try QueryExplainer(request, analyzer: try Analyzer(fold: request.fold))
        } catch SearchError.query(let error) {
            throw error
        }
        keywords = explainer.keywords.map { keyword in
            let reading = Reading(keyword.analysis)
            return Keyword(
                text: keyword.text, folded: reading.folded, units: Array(reading.units[keyword.units]),
                isPrefix: keyword.isPrefix, isExcluded: keyword.isExcluded, distance: keyword.distance)
        }
    }

    /// The paragraphs of a file, or of the files under a directory, in order.
    ///
    /// - Parameters:
    ///   - line: only the paragraph that this line, counted from 1, belongs to; nil for all.
    ///   - report: is told of files and lines that cannot be read, the others go on; and of warnings.
    ///   - body: takes a paragraph.
    public func forEachParagraph(
        of path: Path, line: Int? = nil, report: (IndexingProblem) -> Void, _ body: (Paragraph) throws -> Void
    ) throws {
        var walker = DirectoryWalker(selection)
        try walker.walk(try path.resolved())
        walker.problems.forEach { report(.article($0)) }
        for file in walker.files {
            do {
                let stream = try ArticleStream(file, decoding: decoding(of: file))
                let format = ArticleFormat(of: file.path) ?? .plainText
                try explain(stream, format, line: line, report: report, body)
            } catch let error as ArticlesError {
                report(.article(error))
            }
        }
    }

    /// The paragraphs of JSON lines that are in no file, in order; for the rest see the other method.
    public func forEachParagraph(
        of input: ArticleInput, line: Int? = nil, report: (IndexingProblem) -> Void,
        _ body: (Paragraph) throws -> Void
    ) throws {
        let file = FoundFile(path: .standardInput, id: [], status: try FileStatus.of(input))
        let stream = try ArticleStream(input, decoding: decoding(of: file))
        try explain(stream, .jsonLines, line: line, report: report, body)
    }

    private func decoding(of file: FoundFile) -> DecodingOptions {
        DecodingOptions(encoding: encodings.encoding(of: file, from: directory))
    }

    private func explain(
        _ stream: ArticleStream, _ format: ArticleFormat, line: Int?, report: (IndexingProblem) -> Void,
        _ body: (Paragraph) throws -> Void
    ) throws {
        // A line belongs to what began last, and in a JSONL file several paragraphs begin on one.
        var found: [Paragraph] = []
        while let article = try stream.next() {
            stream.takeProblems().forEach { report(.article($0)) }
            for (index, paragraph) in article.paragraphs.enumerated() {
                if let line {
                    let last = Self.lastLine(of: paragraph, in: article, format)
                    guard paragraph.source.line <= line, line <= last else { continue }
                }
                let explained: Paragraph
                do {
                    explained = try explain(paragraph, number: index + 1, of: article, in: stream.file)
                } catch SearchError.analysis(let error) {
                    report(.analysis(error, stream.file.path, article: article.id))
                    continue
                }
                guard line != nil else {
                    try body(explained)
                    continue
                }
                // The lines of each chapter are numbered from 1.
                found.removeAll { other in
                    other.source.part == paragraph.source.part && other.source.line < paragraph.source.line
                }
                found.append(explained)
            }
        }
        stream.takeProblems().forEach { report(.article($0)) }
        try found.forEach(body)
    }

    /// The line that a paragraph ends on. In markup it is not known, and what lies between two blocks counts as the first's.
    private static func lastLine(of paragraph: Model.Paragraph, in article: Article, _ format: ArticleFormat) -> Int
    {
        switch format {
        case .jsonLines: return paragraph.source.line
        // The paragraphs of a .docx are its lines.
        case .docx: return paragraph.source.line
        case .plainText, .pdf:
            var lines = LineCounter(Array(article.text[paragraph.text]))
            return paragraph.source.line + lines.ends(before: paragraph.text.count)
        case .markdown, .html, .xml, .epub: return .max
        }
    }

    private func explain(_ paragraph: Model.Paragraph, number: Int, of article: Article, in file: FoundFile) throws
        -> Paragraph
    {
        let text = Array(article.text[paragraph.text])
        let explanation = try explainer.explain(text)
        return Paragraph(
            path: file.path, articleID: article.id, number: number, source: paragraph.source, kind: paragraph.kind,
            text: String(decoding: text, as: UTF8.self), plain: Reading(explanation.plain),
            healed: explanation.healed.map(Reading.init), comparisons: explanation.comparisons,
            isMatch: explanation.isMatch)
    }
}
