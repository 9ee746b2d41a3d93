internal import Bytes

/// Walks the documents that hold any of several terms, as if these were one.
///
/// The cursors are a heap by the document each is on: a step costs the logarithm of their number.
@safe final class PostingsUnion {
    /// Those that have not ended.
    private var heap: [PostingsCursor]
    private var hasStarted = false
    private var merged = NumberBuffer()
    private var document: UInt32 = 0
    /// Of all terms together: at least as many as there are documents.
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

    /// Occurrences of all terms in the current document.
    var frequency: UInt32 {
        // Documents may hold 2^26 positions, so this cannot overflow unless the index is damaged.
        current.reduce(0) { $0 &+ heap[$1].frequency }
    }

    /// Positions of all terms in the current document, ascending; valid until the next call.
    @unsafe
    func currentPositions() throws(FormatError) -> UnsafeBufferPointer<UInt32> {
        var all: [UInt32] = []
        for index in current { try unsafe all.append(contentsOf: heap[index].currentPositions()) }
        all.sort()
        let start = unsafe merged.reserve(all.count)
        // SAFETY: there is room for all.
        for index in all.indices { unsafe start[index] = all[index] }
        return unsafe UnsafeBufferPointer(start: start, count: all.count)
    }

    /// The cursors on the current document: they hang together at the top of the heap.
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
