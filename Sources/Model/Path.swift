/// A file path as the system keeps it: bytes, which need not be UTF-8.
public struct Path: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
    public var bytes: [UInt8]

    public init(bytes: [UInt8]) { self.bytes = bytes }

    public init(_ string: String) { bytes = Array(string.utf8) }

    /// A path as it stands in a program: `let index: Path = "Index"`.
    public init(stringLiteral text: String) { self.init(text) }

    /// All bytes at once: an array hashes them one by one.
    public func hash(into hasher: inout Hasher) {
        unsafe bytes.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    }

    /// The path for people: bytes that are not UTF-8 become U+FFFD.
    public var lossyString: String { String(decoding: bytes, as: UTF8.self) }

    public var isAbsolute: Bool { bytes.first == Path.separator }

    /// `-`, which stands for standard input, and is the path of articles that came so. An index has the paths of files in full,
    /// and a file of that name is shown as `./-`.
    public static let standardInput: Path = "-"

    /// This path with `name` below it.
    public func appending(_ name: some Collection<UInt8>) -> Path {
        var joined = bytes
        if let last = joined.last, last != Path.separator, !name.isEmpty { joined.append(Path.separator) }
        joined.append(contentsOf: name)
        return Path(bytes: joined)
    }

    /// Everything after the last separator.
    public var name: ArraySlice<UInt8> {
        bytes[(bytes.lastIndex(of: Path.separator).map { $0 + 1 } ?? 0)...]
    }

    /// The name without its last extension; a name that begins with its only dot has none.
    public var stem: ArraySlice<UInt8> {
        guard let dot = name.lastIndex(of: 0x2E), dot > name.startIndex else { return name }
        return name[..<dot]
    }

    /// The last extension in lower case (ASCII), without its dot; empty when there is none.
    public var fileExtension: String {
        guard let dot = name.lastIndex(of: 0x2E), dot > name.startIndex else { return "" }
        return String(decoding: name[(dot + 1)...], as: UTF8.self).lowercased()
    }

    /// Everything before the last separator: `/` for a child of the root, empty for a bare name.
    public var parent: Path {
        guard let slash = bytes.lastIndex(of: Path.separator) else { return Path(bytes: []) }
        return Path(bytes: Array(bytes[..<max(slash, 1)]))
    }

    /// Whether this is `other` or lies below it.
    public func isWithin(_ other: Path) -> Bool {
        guard bytes.starts(with: other.bytes) else { return false }
        return bytes.count == other.bytes.count || other.bytes.last == Path.separator
            || bytes[other.bytes.count] == Path.separator
    }

    /// The path as typed from `directory`: relative below it, unchanged elsewhere.
    public func relative(to directory: Path) -> Path {
        guard isWithin(directory), bytes.count > directory.bytes.count else { return self }
        let rest = bytes[directory.bytes.count...]
        return Path(bytes: Array(rest.first == Path.separator ? rest.dropFirst() : rest))
    }

    /// The path as it is shown to whoever is in `directory`, and as they would type it.
    public func shown(from directory: Path?) -> Path {
        guard let directory, isWithin(directory) else { return self }
        let shown = relative(to: directory)
        return shown == .standardInput ? "./-" : shown
    }

    /// The path for people, as ``lossyString``.
    public var description: String { lossyString }

    public static let separator: UInt8 = 0x2F

    /// By bytes, the order in which directories are walked.
    public static func < (left: Path, right: Path) -> Bool { left.bytes.lexicographicallyPrecedes(right.bytes) }
}
