public import Model

/// A file that articles came from, as it was when it was indexed.
public struct SourceRecord: Equatable, Sendable {
    public var id: UInt32
    /// Absolute; ``Model/Path/standardInput`` for articles that are in no file.
    public var path: Path
    /// Bytes of `path` up to the directory given, whose rest is the id of an article file.
    public var rootLength: Int
    public var size: Int
    /// Nanoseconds since 1970; 0 when the time cannot be trusted to have told a later change.
    public var modified: Int64
    /// The same, of the last change of content, name or rights.
    public var changed: Int64
    public var contentHash: UInt64
    /// Lines of the file that gave no article though they should have.
    public var skippedLines: Int
    /// The encoding its text was in.
    public var encoding: String
    /// The encoding it was to be read in whatever it looked like; empty when that was left to be found out.
    public var requestedEncoding: String
    /// Bytes that meant nothing in the encoding and were replaced.
    public var replacedBytes: Int

    public init(
        id: UInt32, path: Path, rootLength: Int, size: Int, modified: Int64, changed: Int64, contentHash: UInt64,
        skippedLines: Int = 0, encoding: String = "", requestedEncoding: String = "", replacedBytes: Int = 0
    ) {
        self.id = id
        self.path = path
        self.rootLength = rootLength
        self.size = size
        self.modified = modified
        self.changed = changed
        self.contentHash = contentHash
        self.skippedLines = skippedLines
        self.encoding = encoding
        self.requestedEncoding = requestedEncoding
        self.replacedBytes = replacedBytes
    }

    /// The id of an article that is the whole file: its path below the directory given.
    public var articleID: ArraySlice<UInt8> { path.bytes[min(rootLength, path.bytes.count)...] }
}
