public import Bytes

/// The files an index was made from: layers of records, each above the ones that earlier commits wrote.
///
/// A commit writes a layer of what it changed, and takes those layers below into it that are not at least twice as long
/// (``mergedCount(of:below:)``). So there are no more layers than the logarithm of the number of files, and a record is
/// written anew no more often than that. <doc:Sources> has the format.
public struct SourceTable: Sendable {
    /// The newest last.
    private let layers: [SourceLayer]

    /// - Parameter layers: the newest last.
    init(_ layers: [SourceLayer] = []) { self.layers = layers }

    /// Number of sources.
    public var count: Int { layers.last?.total ?? 0 }

    /// The record with this id. O(log² count).
    public func find(_ id: UInt32) throws(FormatError) -> SourceRecord? {
        for layer in layers.reversed() {
            if let index = try layer.index(of: id) { return try layer.record(at: index) }
            if try layer.removes(id) { return nil }
        }
        return nil
    }

    /// Every record, ascending by id.
    public func all() throws(FormatError) -> [SourceRecord] {
        var all: [SourceRecord] = []
        // Not the count, which may be nonsense: these are no more than the files have room for.
        all.reserveCapacity(layers.reduce(0) { $0 + $1.recordCount })
        var settled: Set<UInt32> = []
        for (depth, layer) in layers.enumerated().reversed() {
            for index in 0..<layer.recordCount {
                // Nothing is above the newest layer, and nothing below the oldest.
                if layers.count > 1, !settled.insert(try layer.id(at: index)).inserted { continue }
                all.append(try layer.record(at: index))
            }
            if depth > 0 { settled.formUnion(try layer.removedIDs()) }
        }
        return layers.count > 1 ? all.sorted { $0.id < $1.id } : all
    }

    /// Decodes every record. O(count).
    func check() throws(FormatError) {
        guard let newest = layers.last else { return }
        var count = 0
        for record in try all() where try find(record.id) == record { count += 1 }
        if count != newest.total { throw newest.damaged(.countMismatch) }
    }

    /// How many of the newest layers another one is to take in.
    ///
    /// - Parameters:
    ///   - count: entries of the new layer.
    ///   - lengths: entries of the layers below it, the newest last.
    static func mergedCount(of count: Int, below lengths: [Int]) -> Int {
        var sum = count
        var merged = 0
        while merged < lengths.count, lengths[lengths.count - 1 - merged] < 2 * sum {
            sum += lengths[lengths.count - 1 - merged]
            merged += 1
        }
        return merged
    }
}
