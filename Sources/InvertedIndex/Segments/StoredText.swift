public import Bytes
internal import CZstd
public import Model
internal import Storage

/// A paragraph as it was stored.
public struct StoredParagraph: Sendable {
    /// UTF-8.
    public var text: [UInt8]
    public var source: SourceRange
}

/// How paragraphs lie on disk: zstd frames of some 16 KB, found through a table at the end.
///
/// ```
/// body     frames | padding to 8 | frame's offset u64 a frame | first paragraph u32 a frame, then one past all
///          padding to 8 | trailer
/// frame    (expanded) for each paragraph: bytes of text varint | start in the file, zigzag from the end of the
///          paragraph before, varint | bytes in the file varint | line, zigzag from the line before, varint
///          then the texts
/// trailer  offset of the table u64 | frames u64
/// ```
enum StoredTextFormat {
    /// Bytes of text after which a frame is closed.
    static let frameSize = 16 << 10
    static let compressionLevel: Int32 = 3
    static let trailerSize = 16
    /// A block of zstd takes four bytes or more and expands to at most 128 KB, so a byte stands for at most 2^15.
    /// A frame that claims more is damaged, and must not be given the memory it asks for.
    static let expansionBits: UInt64 = 15

    static func zigzag(_ value: Int) -> UInt64 { UInt64(bitPattern: Int64(value << 1 ^ value >> 63)) }
    static func unzigzag(_ value: UInt64) -> Int { Int(Int64(bitPattern: value >> 1)) ^ -Int(value & 1) }
}

/// Writes the `text` file of a segment.
@safe final class StoredTextWriter {
    private let file: IndexFileWriter
    private let context: OpaquePointer
    private var header = ByteWriter()
    private var texts: [UInt8] = []
    private var previous = SourceRange(bytes: 0..<0, line: 0)
    private var offsets: [UInt64] = []
    private var firsts: [UInt32] = []
    private var paragraphCount: UInt32 = 0

    init(segment: UInt64, in storage: any Storage) throws(IndexError) {
        file = try IndexFileWriter(.text, name: IndexFile.text.name(segment), owner: segment, in: storage)
        guard let context = unsafe ZSTD_createCCtx() else { fatalOutOfMemory() }
        unsafe self.context = unsafe context
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, StoredTextFormat.compressionLevel)
    }

    deinit { _ = unsafe ZSTD_freeCCtx(context) }

    func add(_ text: ArraySlice<UInt8>, source: SourceRange) throws(IndexError) {
        if header.count == 0 { firsts.append(paragraphCount) }
        header.varint(text.count)
        header.varint(StoredTextFormat.zigzag(source.bytes.lowerBound - previous.bytes.upperBound))
        header.varint(source.bytes.count)
        header.varint(StoredTextFormat.zigzag(source.line - previous.line))
        previous = source
        texts.append(contentsOf: text)
        paragraphCount += 1
        if texts.count >= StoredTextFormat.frameSize { try flush() }
    }

    private func flush() throws(IndexError) {
        guard header.count > 0 else { return }
        let content = header.bytes + texts
        offsets.append(UInt64(file.bodyLength))
        let bound = ZSTD_compressBound(content.count)
        // SAFETY: zstd writes at most `bound` bytes.
        let frame = unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = unsafe ZSTD_compress2(context, buffer.baseAddress, bound, content, content.count)
            precondition(ZSTD_isError(size) == 0, "zstd compresses anything into its bound")
            count = size
        }
        try file.append(frame)
        header.removeAll()
        texts.removeAll(keepingCapacity: true)
        previous = SourceRange(bytes: 0..<0, line: 0)
    }

    /// Ends the file; gives its size.
    func finish() throws(IndexError) -> UInt64 {
        try flush()
        var tail = ByteWriter()
        while (file.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        let table = file.bodyLength + tail.count
        for offset in offsets { tail.integer(offset) }
        for first in firsts + [paragraphCount] { tail.integer(first) }
        while (file.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        tail.integer(UInt64(table))
        tail.integer(UInt64(offsets.count))
        try file.append(tail.bytes)
        return try file.finish()
    }
}

/// Reads stored paragraphs. Each reader keeps the last frame it opened; one reader serves one thread.
public final class StoredTextReader {
    private let file: StoredText
    private var frame = -1
    private var paragraphs: [(text: Range<Int>, source: SourceRange)] = []
    private var content: [UInt8] = []

    public init(_ file: StoredText) { self.file = file }

    /// The paragraph with ordinal `ordinal`. Opens one frame unless it is open.
    public func paragraph(_ ordinal: Int) throws(FormatError) -> StoredParagraph {
        let (number, first) = try file.frame(of: ordinal)
        if number != frame {
            frame = -1
            content = try file.expand(number)
            try parse(count: try file.first(number + 1) - first, number)
            frame = number
        }
        let (text, source) = paragraphs[ordinal - first]
        return StoredParagraph(text: Array(content[text]), source: source)
    }

    private func parse(count: Int, _ number: Int) throws(FormatError) {
        paragraphs.removeAll(keepingCapacity: true)
        var cursor = ByteCursor(ByteView(content, file: "\(file.body.file) (frame \(number), expanded)"))
        var start = 0
        var end = 0
        var line = 0
        for _ in 0..<count {
            let length = try cursor.varint(atMost: content.count)
            let sourceStart = end &+ StoredTextFormat.unzigzag(try cursor.varint())
            let sourceLength = try cursor.varint(atMost: 1 << 60)
            line &+= StoredTextFormat.unzigzag(try cursor.varint())
            guard sourceStart >= 0, sourceStart < 1 << 60, line >= 0, length <= content.count - start else {
                throw cursor.error(.valueOutOfRange)
            }
            end = sourceStart + sourceLength
            paragraphs.append((start..<start + length, SourceRange(bytes: sourceStart..<end, line: line)))
            start += length
        }
        guard cursor.position + start == content.count else { throw cursor.error(.countMismatch) }
        for index in paragraphs.indices {
            let text = paragraphs[index].text
            paragraphs[index].text = cursor.position + text.lowerBound..<cursor.position + text.upperBound
        }
    }
}

/// The `text` file of a segment, open.
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
        // The last frame may be followed by up to seven bytes of padding.
        let (size, length) = unsafe frame.withUnsafeBytes { bytes in
            unsafe (
                ZSTD_getFrameContentSize(bytes.baseAddress, bytes.count),
                ZSTD_findFrameCompressedSize(bytes.baseAddress, bytes.count)
            )
        }
        let limit = UInt64(frame.count) << StoredTextFormat.expansionBits
        guard size < 1 << 32, size <= limit, ZSTD_isError(length) == 0 else { throw undecodable }
        var isWhole = false
        // SAFETY: zstd writes at most `size` bytes and says how many.
        let content = unsafe [UInt8](unsafeUninitializedCapacity: Int(size)) { buffer, count in
            let written = unsafe frame.withUnsafeBytes { bytes in
                unsafe ZSTD_decompress(buffer.baseAddress, Int(size), bytes.baseAddress, length)
            }
            isWhole = ZSTD_isError(written) == 0 && written == Int(size)
            count = isWhole ? written : 0
        }
        guard isWhole else { throw undecodable }
        return content
    }
}

/// zstd's contexts fail to open only when memory is out.
private func fatalOutOfMemory() -> Never { preconditionFailure("out of memory") }
