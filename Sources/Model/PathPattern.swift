/// A pattern that says which files are meant.
///
/// | pattern | files |
/// |---|---|
/// | `*.txt`, without `/` but at its end | whose name matches, wherever they lie |
/// | `news/*.txt` | whose path does: from the directory that was indexed, from the working directory, or absolute |
/// | `./news/*.txt`, `../news/*.txt` | whose path from the working directory, or from one above it, does |
/// | `news/` | all below such a directory |
/// | `news`, `./news`: a last name without wildcards | such a file, and all below such a directory |
///
/// The wildcards are those of ``Glob``.
public struct PathPattern: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    /// As it was written.
    public let pattern: [UInt8]
    /// Of a file or directory itself.
    private let glob: Glob
    /// Of what is below a directory; nil where the last name has wildcards.
    private let below: Glob?
    /// Whether it is for names, not for paths.
    private let isName: Bool
    /// Whether it ends in `/`.
    private let isForDirectories: Bool
    /// For a path from the working directory alone, how many directories above that it begins.
    private let levelsUp: Int?

    /// - Parameter pattern: bytes of a pattern; any bytes are one.
    public init(_ pattern: some Sequence<UInt8>) {
        self.pattern = Array(pattern)
        var names: ArraySlice<ArraySlice<UInt8>>
        (levelsUp, names) = Self.split(self.pattern)
        isForDirectories = names.count > 1 && names.last?.isEmpty == true
        // Of `/` a name is left, which is empty: it stands for the root.
        while names.count > 1, names.last?.isEmpty == true { names.removeLast() }
        isName = names.count == 1 && levelsUp == nil && names.first?.isEmpty == false

        let path = Array(names.joined(separator: [Path.separator]))
        glob = Glob(path)
        let isPlain = names.last.map { !$0.isEmpty && !$0.contains { "*?[".utf8.contains($0) } } ?? true
        let start = isName ? "**/" : ""
        let end = names.isEmpty ? "**" : "/**"
        below = isForDirectories || isPlain ? Glob(start.utf8 + path + end.utf8) : nil
    }

    public init(_ pattern: String) { self.init(pattern.utf8) }

    /// A pattern as it stands in a program: `filter.paths = ["news/**"]`.
    public init(stringLiteral pattern: String) { self.init(pattern.utf8) }

    /// The names that `/` parts, and how many directories above the working directory they begin if they begin with `.` or `..`.
    private static func split(_ pattern: [UInt8]) -> (levelsUp: Int?, names: ArraySlice<ArraySlice<UInt8>>) {
        var names = pattern.split(separator: Path.separator, omittingEmptySubsequences: false)[...]
        var levelsUp: Int?
        while let first = names.first, first.elementsEqual(".".utf8) || first.elementsEqual("..".utf8) {
            levelsUp = (levelsUp ?? 0) + first.count - 1
            // As in `.//news`, too.
            names = names.dropFirst().drop(while: \.isEmpty)
        }
        return (levelsUp, names)
    }

    /// The pattern as it is meant where it was written: a path is one from there on, unless it is absolute.
    ///
    /// - Parameter directory: absolute.
    public func anchored(in directory: Path) -> PathPattern {
        if isName || pattern.first == Path.separator { return self }
        let (levelsUp, names) = Self.split(pattern)
        let base = directory.ancestor(levelsUp ?? 0)
        let escaped = base.bytes.flatMap { "*?[\\".utf8.contains($0) ? [UInt8(ascii: "\\"), $0] : [$0] }
        return PathPattern(Path(bytes: escaped).appending(Array(names.joined(separator: [Path.separator]))).bytes)
    }

    /// As it was written; bytes that are not UTF-8 become U+FFFD.
    public var description: String { String(decoding: pattern, as: UTF8.self) }

    /// Whether the pattern means a file, by itself or by a directory that it is in. O(length of the path × length of the
    /// pattern).
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - id: the path relative to the directory indexed.
    ///   - directory: the working directory.
    public func covers(_ path: Path, id: some Sequence<UInt8>, from directory: Path) -> Bool {
        if matches(path, id: id, from: directory, isDirectory: false) { return true }
        guard let below else { return false }
        // Directories above the one indexed, or the working directory, would have such a name by chance.
        return paths(path, id, directory).contains { !(isName && $0.first == Path.separator) && below.matches($0) }
    }

    /// Whether the pattern means a file or directory by itself. O(length of the path × length of the pattern).
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - id: the path relative to the directory indexed.
    ///   - directory: the working directory.
    public func matches(_ path: Path, id: some Sequence<UInt8>, from directory: Path, isDirectory: Bool) -> Bool {
        if isForDirectories, !isDirectory { return false }
        return isName ? glob.matches(path.name) : paths(path, id, directory).contains { glob.matches($0) }
    }

    /// The path in all ways that the pattern may have it.
    private func paths(_ path: Path, _ id: some Sequence<UInt8>, _ directory: Path) -> [[UInt8]] {
        guard let levelsUp else { return [Array(id), path.relative(to: directory).bytes, path.bytes] }
        let base = directory.ancestor(levelsUp)
        return path.isWithin(base) ? [path.relative(to: base).bytes] : []
    }
}

extension Path {
    /// The directory so many levels above an absolute one; the root, where there are no more.
    fileprivate func ancestor(_ levels: Int) -> Path {
        var ancestor = self
        for _ in 0..<levels where ancestor.bytes.count > 1 { ancestor = ancestor.parent }
        return ancestor
    }
}
