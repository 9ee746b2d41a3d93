internal import Bytes
internal import InvertedIndex
internal import Model
internal import Storage

/// Measures the parts that searching is made of: unpacking blocks, walking and seeking in the lists of an index, and
/// looking terms up. Of several rounds the best counts.
struct PostingsBenchmark {
    private static let rounds = 5
    private let segment: SegmentReader

    /// - Parameter index: the directory of an index; its largest segment is measured.
    init(index: String) throws {
        let storage = try PosixStorage(directory: Array(index.utf8), create: false)
        let snapshot = try IndexSnapshot(storage, analyzer: nil)
        guard let largest = snapshot.segments.max(by: { $0.paragraphCount < $1.paragraphCount }) else {
            throw IndexError.noIndex(location: index)
        }
        segment = largest
    }

    func run() throws {
        unpackBlocks()
        let keys = try self.keys()
        try lookUp(keys)
        try walk(keys)
    }

    /// Blocks of each width out of the cache.
    private func unpackBlocks() {
        print("billion integers a second, blocks of 128: unpacked, and with the sums of gaps")
        let output = UnsafeMutablePointer<UInt32>.allocate(capacity: BitPacking.blockSize)
        defer { unsafe output.deallocate() }
        for width in [1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 32] {
            var random = SystemRandomNumberGenerator()
            let values = (0..<BitPacking.blockSize).map { _ in
                UInt32(truncatingIfNeeded: random.next())
                    & UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
            }
            var writer = ByteWriter()
            unsafe values.withUnsafeBufferPointer {
                unsafe BitPacking.pack($0.baseAddress!, width: width, into: &writer)
            }
            let bytes = writer.bytes
            let count = 200_000
            var sum: UInt32 = 0
            var plain = Double.infinity
            var ascending = Double.infinity
            unsafe bytes.withUnsafeBytes { source in
                for _ in 0..<Self.rounds {
                    let time = seconds {
                        for _ in 0..<count {
                            unsafe BitPacking.unpack(source.baseAddress!, width: width, into: output)
                            sum &+= unsafe output[7]
                        }
                    }
                    plain = min(plain, time)
                    let other = seconds {
                        for _ in 0..<count {
                            unsafe BitPacking.unpackAscending(
                                source.baseAddress!, width: width, after: sum & 1, into: output)
                            sum &+= unsafe output[7]
                        }
                    }
                    ascending = min(ascending, other)
                }
            }
            let integers = Double(count * BitPacking.blockSize) / 1e9
            let note = sum == 1 ? " " : ""
            print("width \(width): \(number(integers / plain)) \(number(integers / ascending))\(note)")
        }
    }

    /// Some hundred thousand terms of the segment, in no order.
    private func keys() throws -> [(key: [UInt8], entry: TermEntry)] {
        var keys: [(key: [UInt8], entry: TermEntry)] = []
        var number = 0
        try segment.forEachTerm { (key, entry) throws(FormatError) in
            number += 1
            if number % 8 == 0 || entry.documentCount >= 1000 { keys.append((key, entry)) }
        }
        keys.shuffle()
        return keys
    }

    private func lookUp(_ keys: [(key: [UInt8], entry: TermEntry)]) throws {
        let wanted = keys.map { TermKey(bytes: $0.key) }
        var found = 0
        var time = Double.infinity
        for _ in 0..<Self.rounds {
            time = min(time, try seconds { for key in wanted where try segment.find(key) != nil { found += 1 } })
        }
        print("look-ups of \(wanted.count) terms: \(number(time / Double(wanted.count) * 1e9)) ns each")
    }

    /// Long lists: all blocks, and seeks of steps that pass over some documents, some blocks, and much.
    private func walk(_ keys: [(key: [UInt8], entry: TermEntry)]) throws {
        let long = keys.filter { $0.entry.documentCount >= 1000 && TermKey(bytes: $0.key).field == .body }
        var postings = 0
        var time = Double.infinity
        for _ in 0..<Self.rounds {
            postings = 0
            let round = try seconds {
                for (_, entry) in long {
                    let cursor = try segment.cursor(entry, field: .body)
                    try unsafe cursor.forEachBlock { documents, _ in postings += documents.count }
                }
            }
            time = min(time, round)
        }
        print(
            "\(long.count) lists of 1,000 documents or more, documents and frequencies of each block: "
                + "\(number(2 * Double(postings) / time / 1e9)) billion integers a second")
        for step in [3, 300, 30_000] {
            var seeks = 0
            var time = Double.infinity
            for _ in 0..<Self.rounds {
                seeks = 0
                let round = try seconds {
                    for (_, entry) in long {
                        let cursor = try segment.cursor(entry, field: .body)
                        let stride = UInt32(max(1, step * segment.paragraphCount / entry.documentCount / 2))
                        var document = try cursor.next()
                        while document != PostingsCursor.noMoreDocuments {
                            let (target, overflow) = document.addingReportingOverflow(stride)
                            document = overflow ? PostingsCursor.noMoreDocuments : try cursor.seek(target)
                            seeks += 1
                        }
                    }
                }
                time = min(time, round)
            }
            print(
                "seeks over some \(step) documents of the list: \(number(time / Double(max(1, seeks)) * 1e9)) ns each"
            )
        }
    }
}
