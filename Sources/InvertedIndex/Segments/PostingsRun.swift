internal import Bytes
internal import Model

/// The sorted, encoded terms of one kind from a stretch of documents: what memory holds until a segment is
/// written.
struct PostingsRun {
    /// Terms ascending.
    private(set) var terms: [UInt64] = []
    private var documentStarts: [UInt32] = []
    private var positionStarts: [UInt32] = []
    private var documents = ByteWriter()
    private var positions = ByteWriter()

    /// Memory in use, in bytes.
    var memory: Int { terms.count * 16 + documents.count + positions.count }

    /// Encodes sorted occurrences.
    ///
    /// - Parameters:
    ///   - keys: `term << positionBits | place`, ascending; a place counts positions from the start of the run.
    ///   - places: finds the document of a place.
    ///   - keepsPositions: whether a term's positions are recorded.
    init(_ keys: [UInt64], places: PlaceMap, keepsPositions: (UInt64) -> Bool) {
        let mask = UInt64(TermBlock.positionLimit - 1)
        var index = 0
        while index < keys.count {
            let term = keys[index] >> TermBlock.positionBits
            let recordsPositions = keepsPositions(term)
            terms.append(term)
            documentStarts.append(UInt32(documents.count))
            positionStarts.append(UInt32(positions.count))
            var previousDocument: UInt32 = 0
            while index < keys.count, keys[index] >> TermBlock.positionBits == term {
                let (document, start, end) = places.document(at: Int(keys[index] & mask))
                // A step is the first position in the document, or the difference to the one before, less one.
                var nextPlace = start
                var frequency = 0
                while index < keys.count, keys[index] >> TermBlock.positionBits == term {
                    let place = Int(keys[index] & mask)
                    if place >= end { break }
                    if recordsPositions {
                        positions.varint(place - nextPlace)
                        nextPlace = place + 1
                    }
                    frequency += 1
                    index += 1
                }
                documents.varint(document - previousDocument)
                documents.varint(frequency)
                previousDocument = document
            }
        }
    }

    /// Appends the postings of the term at `index` to `list`.
    func append(_ index: Int, to list: inout PostingList) {
        let isLast = index + 1 == terms.count
        let documentsEnd = isLast ? documents.count : Int(documentStarts[index + 1])
        let positionsEnd = isLast ? positions.count : Int(positionStarts[index + 1])
        var offset = Int(documentStarts[index])
        var document: UInt32 = 0
        while offset < documentsEnd {
            document += Self.varint(documents.bytes, &offset)
            list.documents.append(document)
            list.frequencies.append(Self.varint(documents.bytes, &offset))
        }
        offset = Int(positionStarts[index])
        while offset < positionsEnd { list.steps.append(Self.varint(positions.bytes, &offset)) }
    }

    private static func varint(_ bytes: [UInt8], _ offset: inout Int) -> UInt32 {
        var value: UInt32 = 0
        var shift: UInt32 = 0
        while true {
            let byte = bytes[offset]
            offset += 1
            value |= UInt32(byte & 0x7F) << shift
            if byte < 0x80 { return value }
            shift += 7
        }
    }
}

/// Finds the document of a place in a run.
struct PlaceMap {
    private static let grain = 6
    private var starts: [UInt32] = []
    private var documents: [UInt32] = []
    /// For each 64 places, the document that holds the first of them.
    private var coarse: [UInt32] = []
    /// Places given out so far.
    private(set) var count = 0

    var documentCount: Int { starts.count }

    /// Adds a document of `length` places; gives its first place. Even an empty document takes one.
    ///
    /// - Parameter document: after all documents added before.
    mutating func add(_ document: UInt32, length: Int) -> Int {
        let start = count
        documents.append(document)
        starts.append(UInt32(start))
        count += max(1, length)
        while coarse.count << Self.grain < count { coarse.append(UInt32(starts.count - 1)) }
        return start
    }

    /// The document of `place`, and the places it begins and ends at.
    func document(at place: Int) -> (document: UInt32, start: Int, end: Int) {
        var index = Int(coarse[place >> Self.grain])
        while index + 1 < starts.count, Int(starts[index + 1]) <= place { index += 1 }
        let end = index + 1 < starts.count ? Int(starts[index + 1]) : count
        return (documents[index], Int(starts[index]), end)
    }
}
