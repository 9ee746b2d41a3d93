internal import Bytes

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

    /// Postings of one term, ascending by document: where they are in a memory, which whoever holds this keeps.
    @safe public struct List {
        // SAFETY: kept by whoever holds the list. It is copied and asked so often that counting references tells.
        private let memory: Unmanaged<PostingsMemory>
        private let start: Int
        /// Where the next document is looked for.
        private var next: Int
        private var end: Int

        fileprivate init(_ memory: PostingsMemory) {
            unsafe self.memory = Unmanaged.passUnretained(memory)
            (start, next, end) = (memory.count, memory.count, memory.count)
        }

        /// Postings in it.
        var count: Int { end - start }

        /// Looks for the next document from the first one on again.
        public mutating func restart() { next = start }

        /// Replaces places in the list by the documents that stand there.
        ///
        /// - Parameter places: `number` of them, each below ``count``.
        func replace(_ places: UnsafeMutablePointer<UInt32>, _ number: Int) {
            let documents = unsafe read().documents + start
            // SAFETY: below `end` all have been written.
            for index in 0..<number { unsafe places[index] = documents[Int(places[index])] }
        }

        /// The memory, to be read up to the list's end.
        @inline(__always)
        private func read() -> (
            documents: UnsafeMutablePointer<UInt32>, frequencies: UnsafeMutablePointer<UInt32>
        ) {
            unsafe memory.borrow { memory in
                precondition(end <= memory.count, "what was read is gone")
                return unsafe (memory.documents, memory.frequencies)
            }
        }

        /// Appends a block that is unpacked where it is kept.
        ///
        /// - Precondition: the list was begun last, and for as much.
        /// - Parameters:
        ///   - count: documents of the block.
        ///   - unpack: writes so many documents and frequencies.
        /// - Returns: these, valid as long as they are kept.
        mutating func append(
            _ count: Int,
            _ unpack: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) throws(FormatError) -> Void
        ) throws(FormatError) -> (documents: UnsafeBufferPointer<UInt32>, frequencies: UnsafeBufferPointer<UInt32>)
        {
            let place = end
            let documents: UnsafeMutablePointer<UInt32>
            let frequencies: UnsafeMutablePointer<UInt32>
            unsafe (documents, frequencies) = memory.borrow { memory in
                precondition(count <= capacity - memory.count && place == memory.count)
                return unsafe (memory.documents + place, memory.frequencies + place)
            }
            // SAFETY: there is room for so many.
            try unsafe unpack(documents, frequencies)
            end = place + count
            unsafe memory.borrow { $0.count = end }
            return unsafe (
                UnsafeBufferPointer(start: documents, count: count),
                UnsafeBufferPointer(start: frequencies, count: count)
            )
        }

        /// Appends postings, under the same condition.
        public mutating func append(_ postings: [RangedPosting]) {
            let place = end
            unsafe memory.borrow { memory in
                precondition(postings.count <= capacity - memory.count && place == memory.count)
                for index in postings.indices {
                    // SAFETY: there is room for so many.
                    unsafe memory.documents[place + index] = postings[index].document
                    unsafe memory.frequencies[place + index] = postings[index].frequency
                }
                memory.count = place + postings.count
            }
            end = place + postings.count
        }

        /// Calls `body` with the next postings, those of documents before a limit, a block's worth at a time.
        ///
        /// - Parameter body: documents and frequencies, of equal count.
        @unsafe
        public mutating func forEachBlock(
            before limit: UInt32, _ body: (UnsafeBufferPointer<UInt32>, UnsafeBufferPointer<UInt32>) -> Void
        ) {
            let (documents, frequencies) = unsafe read()
            // SAFETY: below `end` all have been written.
            let last = unsafe seek(limit, documents)
            while next < last {
                let count = min(PostingsFormat.blockSize, last &- next)
                unsafe body(
                    UnsafeBufferPointer(start: documents + next, count: count),
                    UnsafeBufferPointer(start: frequencies + next, count: count))
                next &+= count
            }
        }

        /// Finds the postings in some ranges of documents.
        ///
        /// - Parameters:
        ///   - ranges: ascending and apart, none of them before those of the call before.
        ///   - found: to which they are appended.
        public mutating func find(in ranges: [Range<UInt32>], into found: inout [RangedPosting]) {
            let (documents, frequencies) = unsafe read()
            // SAFETY: below `end` all have been written.
            for number in ranges.indices {
                let range = ranges[number]
                next = unsafe seek(range.lowerBound, documents)
                while next < end, unsafe documents[next] < range.upperBound {
                    unsafe found.append(RangedPosting(number, documents[next], frequencies[next]))
                    next &+= 1
                }
                if next == end { return }
            }
        }

        /// The first place from `next` on whose document is not before `target`: in steps that double, and then by halving.
        @inline(__always)
        private func seek(_ target: UInt32, _ documents: UnsafeMutablePointer<UInt32>) -> Int {
            var first = next
            var step = 1
            while unsafe first &+ step <= end && documents[first &+ step &- 1] < target {
                first &+= step
                step &*= 2
            }
            var count = min(step, end &- first)
            while count > 0 {
                let half = count / 2
                let isBefore = unsafe documents[first &+ half] < target
                first = isBefore ? first &+ half &+ 1 : first
                count = isBefore ? count &- half &- 1 : half
            }
            return first
        }
    }
}
