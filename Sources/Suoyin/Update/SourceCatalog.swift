internal import InvertedIndex
internal import Model

/// The files an index was made from, by path.
struct SourceCatalog {
    private var records: [Path: SourceRecord]
    /// The directories that ids of files are relative to, each with a separator at its end.
    private(set) var roots: Set<[UInt8]> = []
    /// The root met last: most files have the same.
    private var lastRoot: [UInt8] = []
    /// How many files lie below each directory; nil until that is asked for.
    private var counts: [Path: Int]?

    init(_ sources: [SourceRecord]) {
        records = [:]
        records.reserveCapacity(sources.count)
        for source in sources { add(source) }
    }

    subscript(path: Path) -> SourceRecord? { records[path] }

    var count: Int { records.count }
    var isEmpty: Bool { records.isEmpty }

    var all: some Collection<SourceRecord> { records.values }

    /// Whether there may be records below a directory. Certain, and O(1), after ``countByDirectory()``.
    func mayHoldRecords(below directory: Path) -> Bool { counts.map { $0[directory] != nil } ?? true }

    /// Counts files by directory from now on, for many look-ups to come. O(number of files).
    mutating func countByDirectory() {
        guard counts == nil else { return }
        counts = [:]
        for path in records.keys { count(path, 1) }
    }

    private mutating func count(_ path: Path, _ step: Int) {
        guard counts != nil else { return }
        var directory = path.parent
        while directory.bytes.count > 1 {
            let count = counts?[directory, default: 0] ?? 0
            counts?[directory] = count + step > 0 ? count + step : nil
            directory = directory.parent
        }
    }

    mutating func add(_ record: SourceRecord) {
        if records.updateValue(record, forKey: record.path) == nil { count(record.path, 1) }
        guard lastRoot.count != record.rootLength || !record.path.bytes.starts(with: lastRoot) else { return }
        lastRoot = Array(record.path.bytes.prefix(record.rootLength))
        roots.insert(lastRoot)
    }

    /// Takes a record out, unless its path has another one by now.
    mutating func remove(_ record: SourceRecord) {
        guard records[record.path]?.id == record.id else { return }
        records[record.path] = nil
        count(record.path, -1)
    }
}
