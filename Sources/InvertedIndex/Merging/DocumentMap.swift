/// The numbers that a segment's documents get in the segment it is merged into: live ones in a row, in their order;
/// deleted ones none.
///
/// A bit a document and a count a word, so that a map of millions of documents stays small. A look-up is O(1).
struct DocumentMap: Equatable, Sendable {
    /// Number of the first live document.
    let base: Int
    /// Documents of the segment.
    let count: Int
    /// Documents that are not deleted.
    let liveCount: Int
    /// A set bit is a deleted document; empty when there is none.
    private let deleted: [UInt64]
    /// Deleted documents before each word of `deleted`.
    private let deletedBefore: [UInt32]

    /// - Parameters:
    ///   - base: number of the first live document.
    ///   - count: documents of the segment.
    ///   - deletions: the deleted ones; nil for none.
    init(base: Int, count: Int, deletions: LiveSet?) {
        self.base = base
        self.count = count
        let deletedCount = deletions?.deletedCount ?? 0
        liveCount = count - deletedCount
        deleted = deletedCount > 0 ? deletions?.words ?? [] : []
        var total: UInt32 = 0
        deletedBefore = deleted.map { word in
            defer { total += UInt32(word.nonzeroBitCount) }
            return total
        }
    }

    /// The number after the last live document's.
    var end: Int { base + liveCount }

    /// What is added to each document's number where none is deleted; nil where some are.
    var onlyBase: Int? { deleted.isEmpty ? base : nil }

    /// The new number of a document, or nil when it is deleted.
    @inline(__always)
    subscript(document: Int) -> Int? {
        guard !deleted.isEmpty else { return base + document }
        let word = deleted[document / 64]
        let bit = UInt64(1) << UInt64(document % 64)
        guard word & bit == 0 else { return nil }
        return base + document - Int(deletedBefore[document / 64]) - (word & (bit - 1)).nonzeroBitCount
    }

    /// The first live documents in a row at or after `start`; nil when there are no more.
    func run(from start: Int) -> Range<Int>? {
        guard let first = next(from: start, isDeleted: false) else { return nil }
        return first..<(next(from: first, isDeleted: true) ?? count)
    }

    /// The first document at or after `start` that is deleted, or is not.
    private func next(from start: Int, isDeleted: Bool) -> Int? {
        guard start < count else { return nil }
        guard !deleted.isEmpty else { return isDeleted ? nil : start }
        var index = start / 64
        var word = (isDeleted ? deleted[index] : ~deleted[index]) & UInt64.max << UInt64(start % 64)
        while word == 0 {
            index += 1
            guard index < deleted.count else { return nil }
            word = isDeleted ? deleted[index] : ~deleted[index]
        }
        let found = index * 64 + word.trailingZeroBitCount
        return found < count ? found : nil
    }
}
