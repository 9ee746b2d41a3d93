internal import Bytes
internal import InvertedIndex

/// Walks the paragraphs of one term, or of several that count as one.
///
/// Nearly always it is one, and this is a loop over paragraphs: a cursor that is there, and a union that may be, are faster
/// to tell apart than two cases of an enumeration.
struct TermCursor {
    /// The only one; of several, the first, which is the union's to move.
    private let cursor: PostingsCursor
    private let union: PostingsUnion?

    /// - Returns: nil when the segment has no such term.
    init?(_ term: LiteralTerms.Term, _ literal: LiteralTerms, segment: Int) throws(FormatError) {
        let reader = literal.segments[segment]
        guard let words = term.words?[segment] else {
            guard let entry = term.entries[segment] else { return nil }
            cursor = try reader.cursor(entry, field: literal.field)
            union = nil
            return
        }
        var cursors: [PostingsCursor] = []
        for entry in words { cursors.append(try reader.cursor(entry, field: literal.field)) }
        guard let first = cursors.first else { return nil }
        cursor = first
        union = cursors.count > 1 ? PostingsUnion(cursors) : nil
    }

    /// Paragraphs, at most.
    var documentCount: Int { union.map(\.documentCount) ?? cursor.documentCount }

    /// Occurrences in the current paragraph.
    @inline(__always)
    var frequency: UInt32 {
        if let union { return union.frequency }
        return cursor.frequency
    }

    @inline(__always)
    func next() throws(FormatError) -> UInt32 {
        if let union { return try union.next() }
        return try cursor.next()
    }

    @inline(__always)
    func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        if let union { return try union.seek(target) }
        return try cursor.seek(target)
    }

    @inline(__always)
    func positions(into positions: inout [UInt32]) throws(FormatError) {
        if let union { return try union.positions(into: &positions) }
        try cursor.positions(into: &positions)
    }
}

/// Walks the paragraphs that hold any of several terms, as if these were one.
///
/// The cursors are a heap by the paragraph each is on: a step costs the logarithm of their number.
final class PostingsUnion {
    /// Those that have not ended.
    private var heap: [PostingsCursor]
    private var hasStarted = false
    private var merged: [UInt32] = []
    private var document: UInt32 = 0
    /// Of all terms together: at least as many as there are paragraphs.
    let documentCount: Int

    init(_ cursors: [PostingsCursor]) {
        heap = cursors
        documentCount = cursors.reduce(0) { $0 + $1.documentCount }
    }

    func next() throws(FormatError) -> UInt32 {
        guard document != PostingsCursor.noMoreDocuments else { return document }
        return try seek(hasStarted ? document + 1 : 0)
    }

    func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        if hasStarted, document >= target { return document }
        if hasStarted {
            while let first = heap.first, first.document < target {
                if try first.seek(target) == PostingsCursor.noMoreDocuments { removeFirst() } else { sink(0) }
            }
        } else {
            hasStarted = true
            for cursor in heap { try cursor.seek(target) }
            heap.removeAll { $0.document == PostingsCursor.noMoreDocuments }
            for index in (0..<heap.count / 2).reversed() { sink(index) }
        }
        document = heap.first?.document ?? PostingsCursor.noMoreDocuments
        return document
    }

    /// Occurrences of all terms in the current paragraph.
    var frequency: UInt32 {
        // Documents may hold 2^26 positions, so this cannot overflow unless the index is damaged.
        current.reduce(0) { $0 &+ heap[$1].frequency }
    }

    func positions(into positions: inout [UInt32]) throws(FormatError) {
        var all: [UInt32] = []
        for index in current {
            try heap[index].positions(into: &merged)
            all += merged
        }
        positions.removeAll(keepingCapacity: true)
        positions += all.sorted()
    }

    /// The cursors on the current paragraph: they hang together at the top of the heap.
    private var current: [Int] {
        var found: [Int] = []
        var open = heap.isEmpty ? [] : [0]
        while let index = open.popLast() {
            guard heap[index].document == document else { continue }
            found.append(index)
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count { open.append(child) }
        }
        return found
    }

    private func removeFirst() {
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        if !heap.isEmpty { sink(0) }
    }

    private func sink(_ start: Int) {
        var index = start
        while true {
            var least = index
            for child in [2 * index + 1, 2 * index + 2] where child < heap.count {
                if heap[child].document < heap[least].document { least = child }
            }
            if least == index { return }
            heap.swapAt(index, least)
            index = least
        }
    }
}
