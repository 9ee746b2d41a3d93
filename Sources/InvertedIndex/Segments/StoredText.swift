internal import Bytes
internal import CZstd

/// The `paragraphs` file of a segment, open.
public struct StoredText: Sendable {
    let body: ByteView
    private let offsets: ByteView
    private let firsts: ByteView
    private let frameCount: Int
    private let tableOffset: Int

    init(_ body: ByteView, paragraphCount: Int) throws(FormatError) {
        let trailer = body.count - StoredTextFormat.trailerSize
        let table = try body.integer(at: trailer, as: UInt64.self)
        let frames = try body.integer(at: trailer + 8, as: UInt64.self)
        guard frames <= UInt64(trailer) / 12, table <= UInt64(trailer), frames * 12 + 4 <= UInt64(trailer) - table
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        self.body = body
        frameCount = Int(frames)
        tableOffset = Int(table)
        offsets = try body.slice(at: table, length: frames * 8)
        firsts = try body.slice(at: table + frames * 8, length: frames * 4 + 4)
        guard try first(frameCount) == paragraphCount else {
            throw .malformed(file: body.file, offset: firsts.origin, rule: .countMismatch)
        }
    }

    /// The first paragraph of a frame.
    func first(_ frame: Int) throws(FormatError) -> Int { Int(try firsts.integer(at: frame * 4, as: UInt32.self)) }

    /// The frame that holds a paragraph, and the first paragraph in it.
    func frame(of ordinal: Int) throws(FormatError) -> (number: Int, first: Int) {
        var low = 0
        var high = frameCount
        while low < high {
            let middle = (low + high) / 2
            if try first(middle) <= ordinal { low = middle + 1 } else { high = middle }
        }
        guard low > 0, try first(low - 1) <= ordinal, ordinal < (try first(low)) else {
            throw .malformed(file: body.file, offset: firsts.origin, rule: .offsetOutOfRange)
        }
        return (low - 1, try first(low - 1))
    }

    /// The content of a frame.
    func expand(_ number: Int) throws(FormatError) -> [UInt8] {
        let start = try offsets.integer(at: number * 8, as: UInt64.self)
        let end =
            number + 1 < frameCount ? try offsets.integer(at: number * 8 + 8, as: UInt64.self) : UInt64(tableOffset)
        guard start <= end else {
            throw .malformed(file: body.file, offset: offsets.origin + number * 8, rule: .offsetOutOfRange)
        }
        let frame = try body.slice(at: start, length: end - start)
        let undecodable = FormatError.malformed(file: body.file, offset: frame.origin, rule: .undecodableBlock)
        // Checked by the page here, and once more by zstd.
        return try unsafe frame.withUnsafeBytes { (bytes) throws(FormatError) in
            // The last frame may be followed by up to seven bytes of padding.
            let size = unsafe ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count)
            let length = unsafe ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
            guard size < 1 << 32, size <= UInt64(bytes.count) << StoredTextFormat.expansionBits,
                ZSTD_isError(length) == 0
            else { throw undecodable }
            var isWhole = false
            // SAFETY: zstd writes at most `size` bytes and says how many.
            let content = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
                let written = unsafe ZSTD_decompress(buffer.baseAddress, Int(size), bytes.baseAddress, length)
                isWhole = ZSTD_isError(written) == 0 && written == Int(size)
                count = isWhole ? written : 0
            }
            guard isWhole else { throw undecodable }
            return content
        }
    }
}
