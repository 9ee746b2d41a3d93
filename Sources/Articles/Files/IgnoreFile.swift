internal import Model

/// The patterns of a `.suoyinignore`: what of its directory is to be left out, in the syntax of `.gitignore`.
///
/// | line | leaves out |
/// |---|---|
/// | `name` | files and directories of that name, at any depth |
/// | `a/b`, `/name` | that path from the file's own directory |
/// | `name/` | directories only |
/// | `!name` | nothing: it takes back what lines before it, or files above, leave out |
/// | `# …` | nothing; `\#` and `\!` begin a name |
///
/// The wildcards are those of ``Glob``. The last line that matches counts. Nothing can be taken back inside a directory that
/// is left out, since nobody looks into it.
struct IgnoreFile: Sendable {
    /// As directories name it.
    static let name = Array(".suoyinignore".utf8)

    private struct Rule: Sendable {
        var glob: Glob
        var isNegated: Bool
        var isForDirectories: Bool
        /// Whether it is compared with the path from the directory, not the name.
        var isAnchored: Bool
        var line: Int
        var text: [UInt8]
    }

    private let directory: Path
    private var rules: [Rule] = []

    /// - Parameters:
    ///   - bytes: what the file says; any bytes do.
    ///   - directory: where it lies.
    init(_ bytes: [UInt8], in directory: Path) {
        self.directory = directory
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        for (index, line) in text.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            if let rule = Self.rule(Self.trimmed(line), line: index + 1) { rules.append(rule) }
        }
    }

    /// Reads the file in a directory.
    init(in directory: Path) throws(ArticlesError) {
        self.init(try FileReader(directory.appending(Self.name)).readAll(), in: directory)
    }

    /// What the file says of a path below its directory; nil when it says nothing.
    func verdict(on path: Path, isDirectory: Bool) -> (isLeftOut: Bool, exclusion: Exclusion)? {
        let relative = path.relative(to: directory).bytes
        let rule = rules.last { rule in
            (isDirectory || !rule.isForDirectories)
                && (rule.isAnchored ? rule.glob.matches(relative) : rule.glob.matches(path.name))
        }
        guard let rule else { return nil }
        let file = directory.appending(Self.name)
        return (!rule.isNegated, .ignoreFile(file, line: rule.line, pattern: rule.text))
    }

    private static func rule(_ text: ArraySlice<UInt8>, line: Int) -> Rule? {
        guard let first = text.first, first != UInt8(ascii: "#") else { return nil }
        var pattern = text
        let isNegated = first == UInt8(ascii: "!")
        if isNegated { pattern = pattern.dropFirst() }
        let isForDirectories = pattern.last == Path.separator
        if isForDirectories { pattern = pattern.dropLast() }
        let isAnchored = pattern.contains(Path.separator)
        if pattern.first == Path.separator { pattern = pattern.dropFirst() }
        guard !pattern.isEmpty else { return nil }
        return Rule(
            glob: Glob(pattern), isNegated: isNegated, isForDirectories: isForDirectories, isAnchored: isAnchored,
            line: line, text: Array(text))
    }

    /// The line without the spaces at its end, but for one after a backslash.
    private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var line = line
        if line.last == 0x0D { line = line.dropLast() }
        while line.last == 0x20 || line.last == 0x09 {
            if line.dropLast().last == UInt8(ascii: "\\") { break }
            line = line.dropLast()
        }
        return line
    }
}
