internal import Model

/// The sorted, encoded terms of one lane from a stretch of documents: what memory holds until a segment is written.
///
/// ```
/// run       terms, ascending
/// term      the difference to the term before, varint | documents | 0
/// document  the difference to the document before << 1 | (frequency == 1), varint; never 0
///           where the frequency is not 1, it less 2, varint | where positions are kept, its steps, varints
/// ```
/// Before the first term stands 0, before the first document -1. It is read from front to back, so nothing tells where a
/// term begins.
final class PostingsRun: Sendable {
    /// The bytes, exactly as many as there are.
    private let bytes: [UInt8]
    let termCount: Int

    /// Memory in use, in bytes.
    var memory: Int { bytes.count }

    /// Encodes sorted occurrences.
    ///
    /// - Parameters:
    ///   - keys: `term << positionBits | place`, ascending; a place counts positions from the start of the run.
    ///   - places: finds the document of a place.
    ///   - buffer: room to encode in; what is in it is lost.
    ///   - keepsPositions: whether a term's positions are recorded.
    init(_ keys: [UInt64], places: PlaceMap, buffer: inout RunBuffer, keepsPositions: (UInt64) -> Bool) {
        let mask = UInt64(TermBlock.positionLimit - 1)
        buffer.removeAll()
        var termCount = 0
        var previousTerm: UInt64 = 0
        var index = 0
        unsafe keys.withUnsafeBufferPointer { keys in
            // SAFETY: `index` is below `keys.count` wherever it is used.
            while index < keys.count {
                let term = unsafe keys[index] >> TermBlock.positionBits
                let recordsPositions = keepsPositions(term)
                buffer.varint(term - previousTerm)
                previousTerm = term
                termCount += 1
                var previousDocument: Int64 = -1
                while index < keys.count, unsafe keys[index] >> TermBlock.positionBits == term {
                    let first = unsafe Int(keys[index] & mask)
                    let (document, start, end) = places.document(at: first)
                    let limit = term << TermBlock.positionBits + UInt64(end)
                    var next = index + 1
                    while next < keys.count, unsafe keys[next] < limit { next += 1 }
                    let frequency = next - index
                    let gap = UInt64(Int64(document) - previousDocument)
                    previousDocument = Int64(document)
                    buffer.varint(gap << 1 | (frequency == 1 ? 1 : 0))
                    if frequency > 1 { buffer.varint(UInt64(frequency - 2)) }
                    if recordsPositions {
                        // A step is the first position in the document, or the difference to the one before, less one.
                        var nextPlace = start
                        for occurrence in index..<next {
                            let place = unsafe Int(keys[occurrence] & mask)
                            buffer.varint(UInt64(place - nextPlace))
                            nextPlace = place + 1
                        }
                    }
                    index = next
                }
                buffer.varint(0)
            }
        }
        bytes = buffer.copy()
        self.termCount = termCount
    }

    /// Encodes sorted occurrences of terms that have no positions.
    ///
    /// - Parameters:
    ///   - keys: `term << positionBits | document`, ascending; a document is its place in `documents`.
    ///   - documents: the run's, ascending.
    ///   - buffer: room to encode in; what is in it is lost.
    init(_ keys: [UInt64], documents: [UInt32], buffer: inout RunBuffer) {
        let documentMask = UInt64(TermBlock.positionLimit - 1)
        buffer.removeAll()
        var termCount = 0
        var previousTerm: UInt64 = 0
        let keys = keys.span
        let documents = documents.span
        var index = 0
        while index < keys.count {
            let term = keys[index] >> TermBlock.positionBits
            buffer.varint(term - previousTerm)
            previousTerm = term
            termCount += 1
            let end = (term + 1) << TermBlock.positionBits
            var previousDocument: Int64 = -1
            while index < keys.count, keys[index] < end {
                let key = keys[index]
                let first = index
                repeat { index &+= 1 } while index < keys.count && keys[index] == key
                let document = Int64(documents[Int(truncatingIfNeeded: key & documentMask)])
                let frequency = index &- first
                buffer.varint(UInt64(document &- previousDocument) << 1 | (frequency == 1 ? 1 : 0))
                if frequency > 1 { buffer.varint(UInt64(frequency &- 2)) }
                previousDocument = document
            }
            buffer.varint(0)
        }
        bytes = buffer.copy()
        self.termCount = termCount
    }

    /// Reads the terms one after the other.
    struct Reader {
        private let run: PostingsRun
        private var offset = 0
        private var left: Int
        /// The current term; meaningless before the first ``next()``.
        private(set) var term: UInt64 = 0

        init(_ run: PostingsRun) {
            self.run = run
            left = run.termCount
        }

        /// A reader that begins with a term met by another, at its ``postingsOffset``.
        init(_ run: PostingsRun, at offset: Int) {
            self.run = run
            self.offset = offset
            left = 0
        }

        /// Where the postings of the current term begin; meaningless once they have been read.
        var postingsOffset: Int { offset }

        /// Moves to the next term, once the postings of the one before have been read; false when there is none.
        mutating func next() -> Bool {
            guard left > 0 else { return false }
            left -= 1
            term += unsafe run.bytes.withUnsafeBufferPointer { unsafe Self.varint($0, &offset) }
            return true
        }

        /// Reads the postings of the current term, and appends them to `list`.
        ///
        /// - Parameters:
        ///   - base: what is added to the numbers of documents.
        ///   - hasPositions: whether positions were recorded.
        mutating func read(into list: inout PostingList, base: Int, hasPositions: Bool) {
            var document = Int64(base) - 1
            while readSome(&document, hasPositions, &list.documents, &list.frequencies, &list.steps) {}
        }

        /// Documents read at a time, and steps unless one document has more.
        private static let piece = 64

        /// Reads some of the postings; false at the end.
        ///
        /// - Parameter document: the last one read.
        private mutating func readSome(
            _ document: inout Int64, _ hasPositions: Bool, _ documents: inout [UInt32],
            _ frequencies: inout [UInt32], _ steps: inout [UInt32]
        ) -> Bool {
            var offset = offset
            var hasMore = true
            // A document with many positions, left for after the others.
            var large = 0
            unsafe run.bytes.withUnsafeBufferPointer { bytes in
                documents.append(addingCapacity: Self.piece) { documents in
                    frequencies.append(addingCapacity: Self.piece) { frequencies in
                        steps.append(addingCapacity: hasPositions ? Self.piece : 0) { steps in
                            while !documents.isFull {
                                let head = unsafe Self.varint(bytes, &offset)
                                guard head != 0 else {
                                    hasMore = false
                                    return
                                }
                                document &+= Int64(head >> 1)
                                let frequency = head & 1 == 1 ? 1 : Int(unsafe Self.varint(bytes, &offset)) &+ 2
                                documents.append(UInt32(truncatingIfNeeded: document))
                                frequencies.append(UInt32(truncatingIfNeeded: frequency))
                                guard hasPositions else { continue }
                                guard frequency <= steps.freeCapacity else {
                                    large = frequency
                                    return
                                }
                                for _ in 0..<frequency {
                                    steps.append(UInt32(truncatingIfNeeded: unsafe Self.varint(bytes, &offset)))
                                }
                            }
                        }
                    }
                }
                for _ in 0..<large {
                    steps.append(UInt32(truncatingIfNeeded: unsafe Self.varint(bytes, &offset)))
                }
            }
            self.offset = offset
            return hasMore
        }

        @inline(__always)
        private static func varint(_ bytes: UnsafeBufferPointer<UInt8>, _ offset: inout Int) -> UInt64 {
            // SAFETY: a run is read as it was written, and each varint in it ends.
            var byte = bytes.baseAddress![offset]
            offset &+= 1
            if byte < 0x80 { return UInt64(byte) }
            var value = UInt64(byte & 0x7F)
            var shift: UInt64 = 7
            repeat {
                byte = bytes.baseAddress![offset]
                offset &+= 1
                value |= UInt64(byte & 0x7F) &<< shift
                shift &+= 7
            } while byte >= 0x80
            return value
        }
    }
}
