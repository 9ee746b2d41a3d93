internal import Bytes
internal import Model
internal import Storage

/// A layer of a ``SourceTable``: the records that commits added or replaced, and the ids of those they removed.
///
/// ```
/// body     records, ascending by id | offset of each record u32 | id of each record u32
///          ids removed u32 each, ascending
///          records u32 | ids removed u32 | sources in this layer and below it, all told u32
/// record   path, a varint length and its bytes | length of the root varint | size varint
///          time modified u64 | time changed u64 | content hash u64 | skipped lines varint
///          encoding, a varint length and its bytes | requested encoding, the same | replaced bytes varint
/// ```
/// <doc:Sources> has an example.
struct SourceLayer: Sendable {
    /// The commit that wrote it.
    let generation: UInt64
    private let records: ByteView
    private let offsets: ByteView
    private let ids: ByteView
    private let removed: ByteView
    let recordCount: Int
    let removedCount: Int
    /// Sources in the table, this layer its newest.
    let total: Int

    private static let trailerSize = 12

    init(_ body: ByteView, generation: UInt64) throws(FormatError) {
        self.generation = generation
        let trailer = body.count - Self.trailerSize
        recordCount = Int(try body.integer(at: trailer, as: UInt32.self))
        removedCount = Int(try body.integer(at: trailer + 4, as: UInt32.self))
        total = Int(try body.integer(at: trailer + 8, as: UInt32.self))
        let offsetsStart = trailer - recordCount * 8 - removedCount * 4
        guard offsetsStart >= 0, total >= recordCount else {
            throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch)
        }
        let idsStart = offsetsStart + recordCount * 4
        let removedStart = idsStart + recordCount * 4
        records = try body.slice(0..<offsetsStart)
        offsets = try body.slice(offsetsStart..<idsStart)
        ids = try body.slice(idsStart..<removedStart)
        removed = try body.slice(removedStart..<trailer)
    }

    /// Opens a layer's file.
    init(generation: UInt64, in storage: any FileSource) throws(IndexError) {
        let name = IndexFile.sources.name(generation)
        let body = try IndexFile.sources.open(name, owner: generation, in: storage)
        self = try IndexError.format { () throws(FormatError) in try SourceLayer(body, generation: generation) }
    }

    /// Records and ids removed.
    var count: Int { recordCount + removedCount }

    /// - Parameter total: sources in the table, this layer its newest.
    static func encode(_ sources: [SourceRecord], removed: [UInt32], total: Int) -> [UInt8] {
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
        for id in removed.sorted() { writer.integer(id) }
        writer.integer(UInt32(sources.count))
        writer.integer(UInt32(removed.count))
        writer.integer(UInt32(total))
        return writer.bytes
    }

    /// The record at `index`, in the order of ids.
    func record(at index: Int) throws(FormatError) -> SourceRecord {
        var cursor = ByteCursor(records, at: Int(try offsets.integer(at: index * 4, as: UInt32.self)))
        guard cursor.remaining >= 0 else { throw cursor.error(.offsetOutOfRange) }
        let path = Path(bytes: try cursor.prefixedBytes())
        return SourceRecord(
            id: try id(at: index), path: path, rootLength: try cursor.varint(atMost: path.bytes.count),
            size: try cursor.varint(atMost: Int.max), modified: Int64(bitPattern: try cursor.integer()),
            changed: Int64(bitPattern: try cursor.integer()), contentHash: try cursor.integer(),
            skippedLines: try cursor.varint(atMost: Int.max),
            encoding: String(decoding: try cursor.prefixedBytes(), as: UTF8.self),
            requestedEncoding: String(decoding: try cursor.prefixedBytes(), as: UTF8.self),
            replacedBytes: try cursor.varint(atMost: Int.max))
    }

    func id(at index: Int) throws(FormatError) -> UInt32 { try ids.integer(at: index * 4) }

    /// The place of the record with this id. O(log count).
    func index(of id: UInt32) throws(FormatError) -> Int? { try Self.search(ids, for: id) }

    /// Whether the source with this id was removed. O(log count).
    func removes(_ id: UInt32) throws(FormatError) -> Bool { try Self.search(removed, for: id) != nil }

    func removedIDs() throws(FormatError) -> [UInt32] {
        var all: [UInt32] = []
        for index in 0..<removedCount { all.append(try removed.integer(at: index * 4)) }
        return all
    }

    /// The ids of records and of sources removed.
    func allIDs() throws(FormatError) -> [UInt32] {
        var all = try removedIDs()
        for index in 0..<recordCount { all.append(try id(at: index)) }
        return all
    }

    func damaged(_ rule: FormatError.Rule) -> FormatError {
        .malformed(file: records.file, offset: records.origin, rule: rule)
    }

    /// The place of `id` in a list of ids u32, ascending.
    private static func search(_ list: ByteView, for id: UInt32) throws(FormatError) -> Int? {
        var low = 0
        var high = list.count / 4
        while low < high {
            let middle = (low + high) / 2
            let found = try list.integer(at: middle * 4, as: UInt32.self)
            if found == id { return middle }
            if found < id { low = middle + 1 } else { high = middle }
        }
        return nil
    }
}
