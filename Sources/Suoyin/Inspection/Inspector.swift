public import Articles
internal import Bytes
public import Model
internal import Tokenizer

/// Looks at files as indexing would, and reports what it sees: encoding, noise, repeated paragraphs.
///
/// ```swift
/// let inspector = try Inspector()
/// try inspector.inspect(Path("articles")) { file in print(file.path, file.counts) }
/// ```
public final class Inspector {
    /// Units below which a paragraph that occurs twice is no duplicate: a page number, a "more".
    private static let leastUnits = 8
    /// Characters of a finding's text that are kept.
    private static let textLimit = 60

    /// In which encodings files are to be read, as for ``Indexer/encodings``.
    public var encodings: [EncodingRule] = []
    /// Which files under a directory are looked at, as for ``Indexer/selection``.
    public var selection = FileSelection()
    private let directory = Path.workingDirectory() ?? Path("/")
    private let analyzer: Analyzer
    private let findingLimit: Int
    /// Fingerprints of the paragraphs seen so far, folded.
    private var seen: Set<UInt64> = []
    private var plain = Analysis()
    private var healed = Analysis()

    /// - Parameter findingLimit: findings of a kind that are kept for each file; all are counted.
    public init(findingLimit: Int = .max) throws {
        self.findingLimit = findingLimit
        analyzer = try Analyzer()
    }

    /// Inspects a file, or the files under a directory, in order.
    ///
    /// - Parameters:
    ///   - leftOut: is told of each file and directory that the selection leaves out.
    ///   - body: takes the report on a file. A file that cannot be read has its problem there.
    public func inspect(
        _ path: Path, leftOut: (Path, Exclusion) throws -> Void = { _, _ in },
        _ body: (FileInspection) throws -> Void
    ) throws {
        var walker = DirectoryWalker(selection)
        try walker.walk(try path.resolved())
        for (path, exclusion) in walker.leftOut { try leftOut(path, exclusion) }
        for file in walker.files { try body(try inspect(file)) }
        for problem in walker.problems {
            var report = FileInspection(path: problem.path)
            report.problems.append(.article(problem))
            try body(report)
        }
    }

    /// Inspects JSON lines that are in no file.
    public func inspect(_ input: ArticleInput) throws -> FileInspection {
        try inspect(FoundFile(path: .standardInput, id: [], status: try FileStatus.of(input)), input)
    }

    private func inspect(_ file: FoundFile, _ input: ArticleInput? = nil) throws -> FileInspection {
        var report = FileInspection(path: file.path)
        do throws(ArticlesError) {
            let decoding = DecodingOptions(encoding: encodings.encoding(of: file, from: directory))
            let stream: ArticleStream
            if let input {
                stream = try ArticleStream(input, decoding: decoding)
            } else {
                stream = try ArticleStream(file, decoding: decoding)
            }
            while true {
                let article = try stream.next()
                report.problems += stream.takeProblems().map(IndexingProblem.article)
                guard let article else { break }
                report.encoding = stream.encoding.map {
                    .init(name: "\($0.name)", confidence: $0.confidence, origin: $0.origin.rawValue)
                }
                report.articles += 1
                for (index, paragraph) in article.paragraphs.enumerated() {
                    do throws(AnalysisError) {
                        try look(at: paragraph, number: index + 1, of: article, &report)
                    } catch {
                        report.problems.append(.analysis(error, file.path, article: article.id))
                    }
                }
            }
            report.replacedBytes = stream.replacedBytes
        } catch {
            report.problems.append(.article(error))
        }
        return report
    }

    private func look(
        at paragraph: Paragraph, number: Int, of article: Article, _ report: inout FileInspection
    ) throws(AnalysisError) {
        let text = Array(article.text[paragraph.text])
        report.paragraphs += 1
        report.textBytes += text.count
        let differs = try unsafe text.withUnsafeBufferPointer { (buffer) throws(AnalysisError) in
            try unsafe analyzer.analyze(buffer, into: &plain, words: false)
            return try unsafe analyzer.heal(buffer, plain: plain, into: &healed, words: false)
        }
        if differs { report.healedParagraphs += 1 }
        // Lines can be counted where the text is the file's own.
        let hasLines = paragraph.source.bytes.count == text.count
        var lines = LineCounter(text)
        func add(_ kind: FileInspection.Kind, _ bytes: Range<Int>) {
            let count = report.counts[kind, default: 0]
            report.counts[kind] = count + 1
            guard count < findingLimit else { return }
            let line = paragraph.source.line + (hasLines ? lines.ends(before: bytes.lowerBound) : 0)
            let shown = String(decoding: text[bytes], as: UTF8.self).unicodeScalars.prefix(Self.textLimit)
            report.findings.append(
                .init(
                    kind: kind, line: line, part: paragraph.source.part, paragraph: number, text: String(shown)))
        }
        for noise in differs ? healed.noise : plain.noise where !noise.kind.isInsideWord {
            add(.noise(noise.kind), noise.bytes)
        }
        if differs {
            for kind in Noise.Kind.allCases where kind.isInsideWord {
                for word in healed.words(holding: kind) { add(.noise(kind), word) }
            }
        }
        for run in MisdecodedText.find(in: text) { add(.misdecoded, run) }
        if isRepeated() { add(.duplicate, 0..<text.count) }
    }

    /// Whether the paragraph just analysed was there before.
    private func isRepeated() -> Bool {
        guard plain.units.count >= Self.leastUnits else { return false }
        var hash = ContentHash()
        unsafe hash.update(plain.folded.span.bytes)
        return !seen.insert(hash.value).inserted
    }
}

extension Noise.Kind {
    /// Whether it cuts a word in two, so that the word is what to show.
    fileprivate var isInsideWord: Bool { self == .tear || self == .wrap }
}

extension Analysis {
    /// The places in the source of words that have noise of a kind inside, from a Han character before it to one after
    /// it; those that overlap are one.
    fileprivate func words(holding kind: Noise.Kind) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var unit = 0
        for noise in noise where noise.kind == kind {
            while unit < units.count, sourceRange(of: unit..<unit + 1).upperBound <= noise.bytes.lowerBound {
                unit += 1
            }
            var word = noise.bytes
            if unit < units.count { word = word.joined(to: sourceRange(of: unit..<unit + 1)) }
            // The unit at hand holds the noise, or is the one after it.
            if unit > 0, word.lowerBound == noise.bytes.lowerBound {
                word = word.joined(to: sourceRange(of: unit - 1..<unit))
            }
            if let last = words.last, word.lowerBound < last.upperBound {
                words[words.count - 1] = last.joined(to: word)
            } else {
                words.append(word)
            }
        }
        return words
    }
}

extension Range<Int> {
    /// From the lower beginning to the higher end.
    fileprivate func joined(to other: Range<Int>) -> Range<Int> {
        Swift.min(lowerBound, other.lowerBound)..<Swift.max(upperBound, other.upperBound)
    }
}
