public import Articles
public import InvertedIndex
public import Model
public import Tokenizer

/// Something that kept a file, a line or an article out of the index, or that the user should know.
public enum IndexingProblem: Error, Sendable {
    case article(ArticlesError)
    case analysis(AnalysisError, Path, article: [UInt8])
    /// The file changed and could not be read; what was indexed of it before is kept.
    case outdated(ArticlesError)
    /// PDF files were met, and what reads them is not installed. Said once, besides each of the files.
    case noPDFReader
    /// More lines of the file, or chapters, were skipped than are reported one by one.
    case moreLinesSkipped(Path, lines: Int)
    /// More ids of the file were given on earlier lines of it than are reported one by one.
    case moreDuplicateIDs(Path, lines: Int)
    /// More ids of the first file are also those of articles of the second than are reported one by one.
    case moreSharedIDs(Path, Path, ids: Int)
    /// The file has not changed since some of its lines, or chapters, were skipped.
    case skippedEarlier(Path, lines: Int)
    /// There is nothing to index under the path.
    case nothingFound(Path)
    /// There is nothing to index under the path but what is left out by these, in the order in which they were met.
    case allLeftOut(Path, by: [Exclusion])
    /// The path is gone, but what was indexed of it is still there.
    case missingButIndexed(Path)
    /// What was given as input has no article in it.
    case emptyInput
    /// An article came as input, so there is no file to compare it with.
    case inputHasNoFile
    /// A rule for encodings, by its pattern, that no file matched.
    case unusedEncodingRule(Path)
    /// A directory that is not followed.
    case notFollowed(WatchError)
    /// Two files have an article of this id. Both are indexed; the second may be gone by now.
    case sharedID([UInt8], Path, Path, isGone: Bool)
    /// Segments of the index could not be merged. They answer as before.
    case unmerged(IndexError, index: Path)

    /// Whether everything was indexed all the same.
    public var isWarning: Bool {
        switch self {
        case .sharedID, .moreSharedIDs, .nothingFound, .allLeftOut, .unusedEncodingRule, .unmerged, .noPDFReader,
            .emptyInput:
            true
        case .article(let error): error.isWarning
        default: false
        }
    }

    /// The file, the pattern or the index that it is about.
    public var path: Path {
        switch self {
        case .article(let error), .outdated(let error): error.path
        case .notFollowed(let error): error.path ?? Path(bytes: [])
        case .noPDFReader: Path(bytes: [])
        case .emptyInput, .inputHasNoFile: .standardInput
        case .moreLinesSkipped(let path, _), .moreDuplicateIDs(let path, _), .skippedEarlier(let path, _),
            .nothingFound(let path),
            .unusedEncodingRule(let path), .unmerged(_, let path), .allLeftOut(let path, _):
            path
        case .analysis(_, let path, _), .missingButIndexed(let path), .sharedID(_, let path, _, _),
            .moreSharedIDs(let path, _, _):
            path
        }
    }
}

extension IndexingProblem: CustomStringConvertible {
    public var description: String {
        switch self {
        case .article(let error): "\(error)"
        case .notFollowed(let error): "\(error)"
        case .analysis(let error, let path, let article):
            "\(path.lossyString): article \(String(decoding: article, as: UTF8.self)): \(error); article skipped"
        case .outdated(let error): "\(error); what was indexed of it before is kept"
        case .noPDFReader:
            "PDF files are read by pdftotext, which is not installed: install poppler-utils and poppler-data, then run "
                + "this again"
        case .moreLinesSkipped(let path, let lines):
            "\(path.lossyString): \(lines) more \(Self.nameOfParts(of: path))s skipped"
        case .moreDuplicateIDs(let path, let lines):
            "\(path.lossyString): and \(lines) more line\(lines == 1 ? "" : "s") with an id given on an earlier one; skipped"
        case .moreSharedIDs(let first, let second, let ids):
            "\(first.lossyString): and \(ids) more article id\(ids == 1 ? "" : "s") in common with \(second.lossyString); "
                + "both are indexed"
        case .skippedEarlier(let path, let lines):
            "\(path.lossyString): unchanged since \(lines == 1 ? "a" : "\(lines)") \(Self.nameOfParts(of: path))"
                + "\(lines == 1 ? "" : "s") of it had to be skipped"
        case .unusedEncodingRule(let pattern): "--encoding: no file matches the pattern \"\(pattern.lossyString)\""
        case .emptyInput: "standard input: no article in it"
        case .inputHasNoFile:
            "came by standard input, so there is no file to compare it with; `suoyin show` prints what the index holds"
        case .nothingFound(let path): "\(path.lossyString): no file of a known format in it"
        case .allLeftOut(let path, let exclusions):
            "\(path.lossyString): all files of a known format in it are left out, by " + Self.list(exclusions)
        case .missingButIndexed(let path):
            "\(path.lossyString): no such file or directory, but the index still holds it; "
                + "`suoyin remove` takes it out"
        case .sharedID(let id, let first, let second, let isGone):
            "\(first.lossyString): article id \"\(String(decoding: id, as: UTF8.self))\" is also that of an article "
                + "\(second == .standardInput ? "of standard input" : "in \(second.lossyString)"); "
                + (isGone ? "that file is gone: if it was moved, `suoyin remove` takes it out" : "both are indexed")
        case .unmerged(let error, _): "segments were not merged, and stay as they are: \(error)"
        }
    }

    /// The first of them, and how many more there are.
    private static func list(_ exclusions: [Exclusion]) -> String {
        let shown = exclusions.prefix(5).map { $0.describe(relativeTo: Path.workingDirectory()) }
        let more = exclusions.count - shown.count
        return shown.joined(separator: "; ") + (more > 0 ? "; and \(more) more" : "")
    }

    /// What of a file may be skipped by itself.
    private static func nameOfParts(of path: Path) -> String {
        if path == .standardInput { return "line" }
        return switch ArticleFormat(of: path) {
        case .jsonLines: Compression(of: path) == nil ? "line" : "part"
        case .epub: "chapter"
        default: "part"
        }
    }
}
