/// Postings that a query has unpacked in a segment, for those who come back to them: to seek in memory takes a fraction of
/// what it takes to unpack a block.
///
/// Room for so many postings; of what does not fit nothing is kept. An engine has one, and empties it for each segment.
@safe public final class PostingsMemory {
    /// Postings there is room for: 8 MB, of which queries touch what they fill.
    private static let capacity = 1 << 20

    // SAFETY: `capacity` elements each, owned by this object, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// Postings in it.
    private var count = 0

    public init() {
        unsafe documents = .allocate(capacity: 2 * Self.capacity)
        unsafe frequencies = documents + Self.capacity
    }

    deinit { unsafe documents.deallocate() }

    /// Forgets everything: lists that were kept must not be read any more.
    public func removeAll() { count = 0 }

    /// The list of what is appended from here on; nil where that may be more than is kept.
    ///
    /// - Parameter most: how much it may be.
    public func begin(_ most: Int) -> List? {
        guard most <= Self.capacity - count else { return nil }
        return List(self)
    }

    /// Postings of one term, ascending by document.
    public struct List {
        private let memory: PostingsMemory
        private let start: Int
        /// Where the next document is looked for.
        private var next: Int
        private var end: Int

        fileprivate init(_ memory: PostingsMemory) {
            self.memory = memory
            (start, next, end) = (memory.count, memory.count, memory.count)
        }

        /// Postings in it.
        var count: Int { end - start }

        /// Replaces places in the list by the documents that stand there.
        ///
        /// - Parameter places: `number` of them, each below ``count``.
        func replace(_ places: UnsafeMutablePointer<UInt32>, _ number: Int) {
            precondition(end <= memory.count, "what was read is gone")
            let documents = unsafe memory.documents + start
            // SAFETY: below `end` all have been written.
            for index in 0..<number { unsafe places[index] = documents[Int(places[index])] }
        }

        /// Appends a block.
        ///
        /// - Precondition: the list was begun last, and for as much.
        public mutating func append(
            _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>
        ) {
            precondition(
                documents.count <= capacity - memory.count && documents.count == frequencies.count
                    && end == memory.count)
            guard let first = documents.baseAddress, let second = frequencies.baseAddress else { return }
            // SAFETY: there is room for so many.
            unsafe (memory.documents + end).update(from: first, count: documents.count)
            unsafe (memory.frequencies + end).update(from: second, count: documents.count)
            end += documents.count
            memory.count = end
        }

        /// Appends a posting, under the same conditions.
        public mutating func append(_ document: UInt32, _ frequency: UInt32) {
            precondition(memory.count < capacity && end == memory.count)
            // SAFETY: there is room for it.
            unsafe memory.documents[end] = document
            unsafe memory.frequencies[end] = frequency
            end += 1
            memory.count = end
        }

        /// Calls `body` with each posting in some ranges of documents: the range's number, the document, and the frequency.
        ///
        /// - Parameter ranges: ascending and apart, none of them before those of the call before.
        public mutating func forEachPosting(in ranges: [Range<UInt32>], _ body: (Int, UInt32, UInt32) -> Void) {
            precondition(end <= memory.count, "what was read is gone")
            // SAFETY: below `end` all have been written.
            for number in ranges.indices {
                let range = ranges[number]
                next = seek(range.lowerBound)
                while next < end, unsafe memory.documents[next] < range.upperBound {
                    unsafe body(number, memory.documents[next], memory.frequencies[next])
                    next += 1
                }
            }
        }

        /// Raises each of some numbers to how often the term occurs in the document of the same place.
        ///
        /// - Parameter documents: as many, ascending, none of them before those of the call before.
        public mutating func raise(_ numbers: inout [UInt32], toFrequenciesIn documents: [UInt32]) {
            precondition(end <= memory.count, "what was read is gone")
            for index in documents.indices {
                next = seek(documents[index])
                guard next < end else { return }
                // SAFETY: below `end` all have been written.
                if unsafe memory.documents[next] == documents[index] {
                    numbers[index] = unsafe max(numbers[index], memory.frequencies[next])
                }
            }
        }

        /// The first place from `next` on whose document is not before `target`: in steps that double, and then by halving.
        private func seek(_ target: UInt32) -> Int {
            let documents = unsafe memory.documents
            var first = next
            var step = 1
            while unsafe first + step <= end && documents[first + step - 1] < target {
                first += step
                step *= 2
            }
            var count = min(step, end - first)
            while count > 0 {
                let half = count / 2
                let isBefore = unsafe documents[first + half] < target
                first = isBefore ? first + half + 1 : first
                count = isBefore ? count - half - 1 : half
            }
            return first
        }
    }
}
