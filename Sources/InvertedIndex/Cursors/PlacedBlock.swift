extension PostingsCursor {
    /// The documents of a block and all their positions, as steps. Valid until the cursor turns to another block.
    @unsafe struct PlacedBlock {
        let documents: UnsafePointer<UInt32>
        /// Documents in it.
        let length: Int
        let steps: BlockPositions.Steps
        /// The place of the current document, below the length, as are all places here.
        var place: Int

        /// Moves a place to the first document that is not before `target`; false where that is behind the block.
        @inline(__always)
        func seek(_ target: UInt32, from place: inout Int) -> Bool {
            if unsafe documents[place] >= target { return true }
            guard unsafe documents[length &- 1] >= target else { return false }
            place = unsafe PostingsCursor.place(of: target, from: place, in: documents, length)
            return true
        }

        /// The steps of the document at a place: where they are, and how many.
        @inline(__always)
        func steps(at place: Int) -> (start: UnsafeMutablePointer<UInt32>, count: Int) {
            let start = unsafe Int(steps.starts[place])
            return unsafe (steps.values + start, Int(steps.starts[place &+ 1]) &- start)
        }
    }

    /// The place of the first of some documents, ascending, that is not before `target`; how many they are where all are.
    ///
    /// - Parameter place: from which on it is looked for.
    @inline(__always)
    static func place(
        of target: UInt32, from place: Int, in documents: UnsafePointer<UInt32>, _ length: Int
    ) -> Int {
        var first = place
        // SAFETY: nothing is read at `length` or behind it.
        // Often it is one of the next four, and then no branch is guessed wrong.
        if first &+ 4 < length, unsafe documents[first &+ 4] >= target {
            var before = 0
            for step in 0..<4 { before &+= unsafe documents[first &+ step] < target ? 1 : 0 }
            return first &+ before
        }
        var count = length &- first
        // Halving without branches, which would be guessed wrong every other time. `first + count` is at most `length`.
        while count > 1 {
            let half = count &>> 1
            first = unsafe documents[first &+ half &- 1] < target ? first &+ half : first
            count &-= half
        }
        if count == 1, unsafe documents[first] < target { first &+= 1 }
        return first
    }
}
