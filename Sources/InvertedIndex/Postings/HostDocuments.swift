internal import Bytes

/// Gives the documents at places of a list, for a list that is written by them: that of a pair by that of its bigram.
///
/// Places come ascending, mostly, and close together: a block of the host is unpacked when a place of it is met.
@safe final class HostDocuments {
    private let blocks: PostingsBlocks
    // SAFETY: 128 elements each, one behind the other, owned by this object, freed in `deinit`.
    private let documents: UnsafeMutablePointer<UInt32>
    private let frequencies: UnsafeMutablePointer<UInt32>
    /// The block in the buffer; -1 for none.
    private var block = -1

    init(_ entry: HostEntry, in files: PostingsFiles, documentLimit: Int) throws(FormatError) {
        blocks = try PostingsBlocks(entry, in: files, documentLimit: documentLimit)
        unsafe documents = .plain(capacity: 2 * PostingsFormat.blockSize)
        unsafe frequencies = documents + PostingsFormat.blockSize
    }

    deinit { unsafe documents.freePlain() }

    /// Replaces places by the documents that stand there.
    ///
    /// - Parameter places: `number` of them, each below the number of the host's documents.
    func replace(_ places: UnsafeMutablePointer<UInt32>, _ number: Int) throws(FormatError) {
        var index = 0
        while index < number {
            let wanted = unsafe Int(places[index]) / PostingsFormat.blockSize
            if wanted != block { try load(wanted) }
            let first = UInt32(truncatingIfNeeded: wanted &* PostingsFormat.blockSize)
            // SAFETY: the block is full, or the rest; that holds all places below the count, which these are.
            repeat {
                unsafe places[index] = documents[Int(places[index] &- first)]
                index &+= 1
            } while unsafe index < number && places[index] &- first < UInt32(PostingsFormat.blockSize)
        }
    }

    private func load(_ number: Int) throws(FormatError) {
        // Blocks that are passed over are not looked at, and what their skips say may be anything.
        let last = block >= 0 && block < number ? unsafe Int64(documents[PostingsFormat.blockSize - 1]) : -1
        block = -1
        if number < blocks.blockCount {
            _ = try unsafe blocks.unpack(number, into: documents)
        } else {
            _ = try unsafe blocks.readRest(into: documents, frequencies)
        }
        guard unsafe Int64(documents[0]) > last else { throw blocks.disorder }
        block = number
    }
}
