public import Bytes

/// Walks the documents that hold all of some terms, with those of them that have positions at given distances from each
/// other.
///
/// The rarest term leads; where it is found with all others, the positions of those that have a place are compared, two at a
/// time.
@safe public final class SequenceCursor {
    /// A term of the sequence.
    public struct Part {
        let cursor: TermCursor
        /// Offset in the sequence; nil for a term whose place is not looked at.
        let offset: UInt32?

        public init(_ cursor: TermCursor, offset: UInt32?) {
            self.cursor = cursor
            self.offset = offset
        }
    }

    /// The document the cursor is on, ``PostingsCursor/noMoreDocuments`` at the end; meaningless before it has been moved.
    public var document: UInt32 { current }
    /// Occurrences of the sequence in it; where at most one term has a place, those of the rarest term.
    public var frequency: UInt32 { occurrences }
    /// Documents of the rarest term: at least as many as will be found.
    public let candidateCount: Int

    // Not public themselves: what other modules may reach for is checked for exclusive access each time.
    private(set) var current: UInt32 = 0
    private(set) var occurrences: UInt32 = 0
    /// The rarest first.
    private let parts: [Part]
    // SAFETY: one for each part, and behind them once more those that have a place; freed in `deinit`.
    let anchors: UnsafeMutablePointer<SequenceAnchor>
    let count: Int
    /// The anchors that have a place.
    private let placed: UnsafeMutablePointer<SequenceAnchor>
    let placedCount: Int
    /// Where the sequence begins in the current document, where there are places to compare.
    // SAFETY: room for `startCapacity`, of which `startCount` are set; freed in `deinit`. No `NumberBuffer`, to which each access
    // would be checked for being the only one.
    private var starts: UnsafeMutablePointer<UInt32>
    private var startCapacity = 16
    private var startCount = 0
    /// Made when ``matches()`` are asked for.
    var batch: MatchBatch?

    /// - Parameter parts: one at least.
    public init(_ parts: [Part]) {
        precondition(!parts.isEmpty, "a sequence has a term")
        let ordered = parts.sorted { $0.cursor.documentCount < $1.cursor.documentCount }
        self.parts = ordered
        let withPlace = ordered.filter { $0.offset != nil }
        (count, placedCount) = (ordered.count, withPlace.count)
        unsafe anchors = .plain(capacity: count + placedCount)
        unsafe placed = anchors + count
        for (index, part) in (ordered + withPlace).enumerated() {
            unsafe (anchors + index).initialize(to: SequenceAnchor(part))
        }
        candidateCount = ordered[0].cursor.documentCount
        unsafe starts = .plain(capacity: startCapacity)
    }

    deinit {
        unsafe anchors.freePlain()
        unsafe starts.freePlain()
    }

    /// The cursor of the one term that is all there is; nil where there are more.
    public var only: PostingsCursor? {
        parts.count == 1 && parts[0].cursor.union == nil ? parts[0].cursor.cursor : nil
    }

    /// Moves to the next document.
    @discardableResult
    public func next() throws(FormatError) -> UInt32 { try settle(try unsafe anchors[0].next()) }

    /// Moves to the first document that is not before `target`. For a cursor that is before it.
    @discardableResult
    public func seek(_ target: UInt32) throws(FormatError) -> UInt32 {
        try settle(try unsafe anchors[0].seek(target))
    }

    /// The positions in the current document at which the sequence can stand, ascending: no others. Nil when positions do
    /// not tell.
    public func possibleStarts() throws(FormatError) -> [UInt32]? {
        guard placedCount > 0 else { return nil }
        if placedCount == 1 { try propose() }
        return unsafe Array(UnsafeBufferPointer(start: starts, count: startCount))
    }

    /// Goes on to the first document that has all terms where the sequence needs them.
    ///
    /// - Parameter candidate: the leader's document.
    private func settle(_ candidate: UInt32) throws(FormatError) -> UInt32 {
        var candidate = candidate
        search: while candidate != PostingsCursor.noMoreDocuments {
            var index = 1
            while index < count {
                let found = try unsafe anchors[index].seek(candidate)
                if found != candidate {
                    candidate = try unsafe anchors[0].seek(found)
                    continue search
                }
                index &+= 1
            }
            if placedCount < 2 {
                occurrences = unsafe anchors[0].frequency
                break
            }
            try align()
            if startCount > 0 {
                occurrences = UInt32(truncatingIfNeeded: startCount)
                break
            }
            candidate = try unsafe anchors[0].next()
        }
        current = candidate
        return candidate
    }

    // MARK: Places

    /// Finds the places at which all terms that have one agree.
    private func align() throws(FormatError) {
        let first = try unsafe placed[0].positions()
        let second = try unsafe placed[1].positions()
        startCount = try unsafe meet(first, second) { (index) throws(FormatError) in
            try unsafe placed[index].positions()
        }
    }

    /// Finds where the sequence begins in a document, into ``starts``.
    ///
    /// - Parameters:
    ///   - first: the positions of the first term that has a place, and `second` those of the next.
    ///   - positions: those of each one behind, by its number; asked for as long as there are any starts.
    /// - Returns: how many there are.
    @inline(__always)
    func meet(
        _ first: UnsafeBufferPointer<UInt32>, _ second: UnsafeBufferPointer<UInt32>,
        _ positions: (Int) throws(FormatError) -> UnsafeBufferPointer<UInt32>
    ) throws(FormatError) -> Int {
        // SAFETY: there is room for as many starts as positions.
        let starts = unsafe roomForStarts(first.count)
        var found = unsafe Self.meet(first, placed[0].offset, second, placed[1].offset, into: starts)
        var index = 2
        while index < placedCount, found > 0 {
            let next = try unsafe positions(index)
            found = unsafe Self.meet(
                UnsafeBufferPointer(start: starts, count: found), 0, next, placed[index].offset, into: starts)
            index &+= 1
        }
        return found
    }

    /// Takes all starts that the rarest term with a place allows.
    private func propose() throws(FormatError) {
        let positions = try unsafe placed[0].positions()
        let offset = unsafe placed[0].offset
        // SAFETY: there is room for as many starts as positions.
        let starts = unsafe roomForStarts(positions.count)
        var count = 0
        for index in 0..<positions.count where unsafe positions[index] >= offset {
            unsafe starts[count] = positions[index] &- offset
            count &+= 1
        }
        startCount = count
    }

    private func roomForStarts(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        if count > startCapacity {
            unsafe starts.freePlain()
            startCapacity = max(count, 2 * startCapacity)
            unsafe starts = .plain(capacity: startCapacity)
        }
        return unsafe starts
    }

    /// Where a sequence begins that has one of some places at one offset, and one of others at another.
    ///
    /// Both ascend and are far below what wraps. Without branches, as which of both is the lesser cannot be guessed.
    ///
    /// - Parameter starts: room for as many as there are in `first`; may be where `first` lies, whose offset is then 0.
    /// - Returns: how many there are.
    @inline(__always)
    private static func meet(
        _ first: UnsafeBufferPointer<UInt32>, _ firstOffset: UInt32, _ second: UnsafeBufferPointer<UInt32>,
        _ secondOffset: UInt32, into starts: UnsafeMutablePointer<UInt32>
    ) -> Int {
        var (count, left, right) = (0, 0, 0)
        while left < first.count, right < second.count {
            // SAFETY: no more starts are found than `first` has been walked through.
            let place = unsafe first[left] &+ secondOffset
            let other = unsafe second[right] &+ firstOffset
            unsafe starts[count] = place &- secondOffset &- firstOffset
            // A place before the offset is that of a sequence that would begin before the text.
            count &+= unsafe place == other && first[left] >= firstOffset ? 1 : 0
            left &+= place <= other ? 1 : 0
            right &+= other <= place ? 1 : 0
        }
        return count
    }
}
