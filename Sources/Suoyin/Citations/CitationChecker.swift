internal import Articles
internal import Bytes
internal import InvertedIndex
public import Model
internal import Storage

/// Compares citations with the files they point into, as these are now. The index is not asked what the files say.
///
/// ```swift
/// let hits = try searcher.search(SearchRequest("字节跳动")).hits
/// let verdicts = try CitationChecker().check(hits.map { Citation($0) }) { problem in … }
/// ```
public struct CitationChecker: Sendable {
    /// In which encodings files are to be read, as for ``Indexer/encodings``; these count before what the index knows.
    public var encodings: [EncodingRule] = []
    /// The files of the index, by path.
    private let records: [Path: SourceRecord]
    private let directory = Path.workingDirectory() ?? Path("/")

    /// - Parameters:
    ///   - index: an index that the citations are from, so that files are read in the encodings that were asked for when they
    ///     were indexed; nil where none was.
    ///   - isOptional: whether it is no error that there is no index there.
    /// - Throws: when there is no such index, or it is damaged. O(number of files in it).
    public init(index: Path? = nil, isOptional: Bool = false) throws {
        guard let index else {
            records = [:]
            return
        }
        let storage = try PosixStorage(directory: index.bytes, create: false)
        do {
            let sources = try IndexSnapshot(storage, analyzer: nil).sources.all()
            records = Dictionary(sources.map { ($0.path, $0) }) { first, _ in first }
        } catch IndexError.noIndex where isOptional {
            records = [:]
        }
    }

    /// What has become of each citation, in their order. Each file is read once.
    ///
    /// - Parameter report: is told of lines and chapters that cannot be read, and of warnings; the others are looked at.
    /// - Complexity: O(bytes of the files), and for each citation that changed O(length of its article).
    public func check(_ citations: [Citation], report: (IndexingProblem) -> Void) -> [CitationVerdict] {
        var verdicts = [CitationVerdict](repeating: .gone(.file), count: citations.count)
        var files: [(path: Path, citations: [Int])] = []
        var places: [Path: Int] = [:]
        for (index, citation) in citations.enumerated() {
            if let place = places[citation.path] {
                files[place].citations.append(index)
            } else {
                places[citation.path] = files.count
                files.append((citation.path, [index]))
            }
        }
        for (path, indices) in files {
            for (index, verdict) in check(path, citations, indices, report) { verdicts[index] = verdict }
        }
        return verdicts
    }

    /// The verdicts of all citations of one file.
    private func check(
        _ path: Path, _ citations: [Citation], _ indices: [Int], _ report: (IndexingProblem) -> Void
    ) -> [Int: CitationVerdict] {
        var verdicts: [Int: CitationVerdict] = [:]
        if path == .standardInput {
            for index in indices { verdicts[index] = .unread(.inputHasNoFile) }
            return verdicts
        }
        do throws(ArticlesError) {
            let resolved = try path.resolved()
            let status = try FileStatus.of(resolved)
            guard status.kind == .file else { throw .missing(path) }
            let id = id(of: resolved, citations, indices)
            let file = FoundFile(path: resolved, id: id, status: status)
            let encoding =
                encodings.encoding(of: file, from: directory)
                ?? records[resolved].flatMap { EncodingName($0.requestedEncoding) }
            let stream = try ArticleStream(file, decoding: DecodingOptions(encoding: encoding))
            let byArticle = Dictionary(grouping: indices) { citations[$0].articleID }
            while let article = try stream.next() {
                stream.takeProblems().forEach { report(.article($0)) }
                // The id of an article that is its file depends on the directory that was indexed.
                let cited = article.isFile ? indices : byArticle[article.id] ?? []
                if cited.isEmpty { continue }
                var paragraphs = CitedParagraphs(article)
                for index in cited { verdicts[index] = paragraphs.verdict(citations[index]) }
            }
            stream.takeProblems().forEach { report(.article($0)) }
        } catch .missing {
            for index in indices { verdicts[index] = .gone(.file) }
        } catch {
            for index in indices where verdicts[index] == nil { verdicts[index] = .unread(.article(error)) }
        }
        for index in indices where verdicts[index] == nil { verdicts[index] = .gone(.article) }
        return verdicts
    }

    /// The id that the file was indexed under: by the index, else the longest end of its path that a citation's id is or
    /// begins with, as those of a feed's items may.
    private func id(of path: Path, _ citations: [Citation], _ indices: [Int]) -> [UInt8] {
        if let record = records[path] { return Array(record.articleID) }
        let ends = path.bytes.indices.filter { path.bytes[$0] == Path.separator }.map { path.bytes[($0 + 1)...] }
        for index in indices {
            let id = citations[index].articleID
            let end = ends.first { end in
                id.starts(with: end) && (id.count == end.count || id[end.count] == UInt8(ascii: "#"))
            }
            if let end { return Array(end) }
        }
        return Array(path.name)
    }
}

extension Citation {
    /// The citation of a hit.
    public init(_ hit: Hit) {
        self.init(
            path: hit.path, articleID: hit.articleID, number: hit.number, source: hit.source,
            hash: ParagraphHash(of: hit.text.utf8).description, text: hit.text)
    }
}
