public import Model

/// Which files under a directory are taken. A file that is given by name is, whatever this says.
///
/// A pattern without `/` is matched with the names of files and directories; one with `/` with the path relative to the
/// directory that is walked, with the path from the working directory, and with the absolute path. A directory that is left
/// out is not looked into.
public struct FileSelection: Sendable {
    /// Only files that one of these matches; empty for all.
    public var include: [PathPattern]
    /// No file or directory that one of these matches, included or not.
    public var exclude: [PathPattern]
    /// Whether `.suoyinignore` files count, in the directories walked.
    public var usesIgnoreFiles: Bool

    public init(include: [PathPattern] = [], exclude: [PathPattern] = [], usesIgnoreFiles: Bool = true) {
        self.include = include
        self.exclude = exclude
        self.usesIgnoreFiles = usesIgnoreFiles
    }

    /// Whether a change of this file may change what is left out.
    public static func isIgnoreFile(_ path: Path) -> Bool { path.name.elementsEqual(IgnoreFile.name) }

    /// Why a walk of `root` would not come to a path below it; nil when it would.
    ///
    /// - Parameters:
    ///   - path: of a file or directory, both absolute.
    /// - Throws: when a `.suoyinignore` on the way cannot be read.
    public func exclusion(of path: Path, below root: Path, isDirectory: Bool) throws(ArticlesError) -> Exclusion? {
        guard path != root, path.isWithin(root) else { return nil }
        var sieve = FileSieve(self)
        var id: [UInt8] = []
        var step = root
        let names = path.relative(to: root).bytes.split(separator: Path.separator)
        for (index, name) in names.enumerated() {
            try sieve.enter(step)
            step = step.appending(name)
            id = id.isEmpty ? Array(name) : id + [Path.separator] + name
            let isDirectory = isDirectory || index < names.count - 1
            if let exclusion = sieve.exclusion(of: step, id: id, isDirectory: isDirectory) { return exclusion }
        }
        return nil
    }
}

/// What leaves a file or directory out.
public enum Exclusion: Equatable, Sendable {
    /// A line of a `.suoyinignore`.
    case ignoreFile(Path, line: Int, pattern: [UInt8])
    /// One of ``FileSelection/exclude``.
    case excluded(PathPattern)
    /// None of ``FileSelection/include``, which are these, matches.
    case notIncluded([PathPattern])
}

extension Exclusion: CustomStringConvertible {
    public var description: String { describe(relativeTo: nil) }

    /// What it is, with the path as typed from a directory.
    public func describe(relativeTo directory: Path?) -> String {
        switch self {
        case .ignoreFile(let file, let line, let pattern):
            let shown = directory.map { file.relative(to: $0) } ?? file
            return "\(shown.lossyString):\(line): \(String(decoding: pattern, as: UTF8.self))"
        case .excluded(let pattern): return "the pattern \(Self.quoted(pattern)) to exclude"
        case .notIncluded(let patterns):
            return patterns.count == 1
                ? "the pattern \(Self.quoted(patterns[0])) to include, which does not match"
                : "the patterns \(patterns.map(Self.quoted).joined(separator: ", ")) to include, none of which matches"
        }
    }

    private static func quoted(_ pattern: PathPattern) -> String {
        "\"\(String(decoding: pattern.pattern, as: UTF8.self))\""
    }
}

/// Decides what is left out, on the way down from a root.
struct FileSieve: Sendable {
    private let selection: FileSelection
    private let directory = Path.workingDirectory() ?? Path("/")
    /// Those of the directories entered, the deepest last; nil for one without.
    private var ignoreFiles: [IgnoreFile?] = []

    init(_ selection: FileSelection) { self.selection = selection }

    /// Enters a directory below the last one.
    ///
    /// - Parameter hasIgnoreFile: whether it holds a `.suoyinignore`, where that is known.
    /// - Throws: when that cannot be read; the directory has been entered all the same.
    mutating func enter(_ directory: Path, hasIgnoreFile: Bool? = nil) throws(ArticlesError) {
        ignoreFiles.append(nil)
        guard selection.usesIgnoreFiles, hasIgnoreFile != false else { return }
        do throws(ArticlesError) {
            ignoreFiles[ignoreFiles.count - 1] = try IgnoreFile(in: directory)
        } catch .missing {}
    }

    mutating func leave() { ignoreFiles.removeLast() }

    /// - Parameters:
    ///   - path: in the directory entered last.
    ///   - id: the path relative to the root.
    func exclusion(of path: Path, id: [UInt8], isDirectory: Bool) -> Exclusion? {
        let excluding = selection.exclude.first {
            $0.matches(path, id: id, from: directory, isDirectory: isDirectory)
        }
        if let excluding { return .excluded(excluding) }
        for file in ignoreFiles.reversed() {
            guard let verdict = file?.verdict(on: path, isDirectory: isDirectory) else { continue }
            if verdict.isLeftOut { return verdict.exclusion }
            break
        }
        guard !isDirectory, !selection.include.isEmpty else { return nil }
        return selection.include.contains { $0.covers(path, id: id, from: directory) }
            ? nil : .notIncluded(selection.include)
    }
}
