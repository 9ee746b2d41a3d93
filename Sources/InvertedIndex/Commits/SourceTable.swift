public import Bytes
public import Model

/// A file that articles came from, as it was when it was indexed.
public struct SourceRecord: Equatable, Sendable {
    public var id: UInt32
    /// Absolute.
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
}

/// The files an index was made from.
///
/// ```
/// body     records, ascending by id | offset of each record u32 | id of each record u32 | records u32
/// record   path, a varint length and its bytes | length of the root varint | size varint
///          time modified u64 | time changed u64 | content hash u64 | skipped lines varint
///          encoding, a varint length and its bytes | requested encoding, the same | replaced bytes varint
/// ```
/// <doc:Sources> has an example.
public struct SourceTable: Sendable {
    private let records: ByteView
    private let offsets: ByteView
    private let ids: ByteView
    public let count: Int

    /// A table of nothing.
    init() {
        records = ByteView([], file: "")
        offsets = records
        ids = records
        count = 0
    }

    init(_ body: ByteView) throws(FormatError) {
        let trailer = body.count - 4
        count = Int(try body.integer(at: trailer, as: UInt32.self))
        let start = trailer - count * 8
        guard start >= 0 else {
            throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch)
        }
        records = try body.slice(0..<start)
        offsets = try body.slice(start..<start + count * 4)
        ids = try body.slice(start + count * 4..<trailer)
    }

    static func encode(_ sources: [SourceRecord]) -> [UInt8] {
        var writer = ByteWriter()
        var offsets = ByteWriter()
        var ids = ByteWriter()
        for source in sources.sorted(by: { $0.id < $1.id }) {
            offsets.integer(UInt32(writer.count))
            ids.integer(source.id)
            writer.prefixed(source.path.bytes)
            writer.varint(source.rootLength)
            writer.varint(source.size)
            writer.integer(UInt64(bitPattern: source.modified))
            writer.integer(UInt64(bitPattern: source.changed))
            writer.integer(source.contentHash)
            writer.varint(source.skippedLines)
            writer.prefixed(Array(source.encoding.utf8))
            writer.prefixed(Array(source.requestedEncoding.utf8))
            writer.varint(source.replacedBytes)
        }
        writer.append(contentsOf: offsets.bytes)
        writer.append(contentsOf: ids.bytes)
        writer.integer(UInt32(sources.count))
        return writer.bytes
    }

    /// The record at `index`, in the order of ids.
    public func record(at index: Int) throws(FormatError) -> SourceRecord {
        var cursor = ByteCursor(records, at: Int(try offsets.integer(at: index * 4, as: UInt32.self)))
        guard cursor.remaining >= 0 else { throw cursor.error(.offsetOutOfRange) }
        let path = Path(bytes: try cursor.prefixedBytes())
        return SourceRecord(
            id: try ids.integer(at: index * 4), path: path, rootLength: try cursor.varint(atMost: path.bytes.count),
            size: try cursor.varint(atMost: Int.max), modified: Int64(bitPattern: try cursor.integer()),
            changed: Int64(bitPattern: try cursor.integer()), contentHash: try cursor.integer(),
            skippedLines: try cursor.varint(atMost: Int.max),
            encoding: String(decoding: try cursor.prefixedBytes(), as: UTF8.self),
            requestedEncoding: String(decoding: try cursor.prefixedBytes(), as: UTF8.self),
            replacedBytes: try cursor.varint(atMost: Int.max))
    }

    /// The record with this id. O(log count).
    public func find(_ id: UInt32) throws(FormatError) -> SourceRecord? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let found = try ids.integer(at: middle * 4, as: UInt32.self)
            if found == id { return try record(at: middle) }
            if found < id { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    public func all() throws(FormatError) -> [SourceRecord] {
        var all: [SourceRecord] = []
        all.reserveCapacity(count)
        for index in 0..<count { all.append(try record(at: index)) }
        return all
    }
}
