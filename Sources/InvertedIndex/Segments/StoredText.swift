internal import Bytes

/// The `paragraphs` file of a segment, open.
public struct StoredText: Sendable {
    let body: ByteView
    /// nil when no frame is coded with one.
    let vocabulary: ShelvedVocabulary?
    private let offsets: ByteView
    private let firsts: ByteView
    let frameCount: Int

    init(_ body: ByteView, paragraphCount: Int, vocabulary: ShelvedVocabulary?) throws(FormatError) {
        let trailer = body.count - StoredTextFormat.trailerSize
        let table = try body.integer(at: trailer, as: UInt64.self)
        let frames = try body.integer(at: trailer + 8, as: UInt64.self)
        guard frames < UInt64(trailer) / 12, table <= UInt64(trailer), (frames + 1) * 12 <= UInt64(trailer) - table
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        self.body = body
        self.vocabulary = vocabulary
        frameCount = Int(frames)
        offsets = try body.slice(at: table, length: frames * 8 + 8)
        firsts = try body.slice(at: table + frames * 8 + 8, length: frames * 4 + 4)
        guard try first(frameCount) == paragraphCount else {
            throw .malformed(file: body.file, offset: firsts.origin, rule: .countMismatch)
        }
    }

    /// The first paragraph of a frame.
    private func first(_ frame: Int) throws(FormatError) -> Int {
        Int(try firsts.integer(at: frame * 4, as: UInt32.self))
    }

    /// The ordinals of a frame's paragraphs.
    func paragraphs(ofFrame number: Int) throws(FormatError) -> Range<Int> {
        let start = try first(number)
        let end = try first(number + 1)
        guard start <= end else {
            throw .malformed(file: body.file, offset: firsts.origin + number * 4, rule: .keysOutOfOrder)
        }
        return start..<end
    }

    /// The frame that holds a paragraph. O(log frames).
    func frame(of ordinal: Int) throws(FormatError) -> Int {
        var low = 0
        var high = frameCount
        while low < high {
            let middle = (low + high) / 2
            if try first(middle) <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low > 0, try first(low - 1) <= ordinal, ordinal < (try first(low)) else {
            throw .malformed(file: body.file, offset: firsts.origin, rule: .offsetOutOfRange)
        }
        return low - 1
    }

    /// A frame as it is on disk.
    func bytes(ofFrame number: Int) throws(FormatError) -> ByteView {
        let start = try offsets.integer(at: number * 8, as: UInt64.self)
        let end = try offsets.integer(at: number * 8 + 8, as: UInt64.self)
        guard start <= end else {
            throw .malformed(file: body.file, offset: offsets.origin + number * 8, rule: .offsetOutOfRange)
        }
        return try body.slice(at: start, length: end - start)
    }

    /// Bytes of all texts of a frame.
    func textSize(ofFrame number: Int) throws(FormatError) -> Int {
        // Behind the encoding and the checksum.
        var cursor = ByteCursor(try bytes(ofFrame: number), at: 5)
        return try cursor.varint(atMost: Int(UInt32.max))
    }
}
