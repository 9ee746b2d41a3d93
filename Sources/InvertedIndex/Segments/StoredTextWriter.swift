internal import Bytes
internal import CZstd
internal import Model
internal import Storage

/// Writes the `paragraphs` file of a segment.
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
        file = try IndexFileWriter(
            .paragraphs, name: IndexFile.paragraphs.name(segment), owner: segment, in: storage)
        guard let context = unsafe ZSTD_createCCtx() else { fatalOutOfMemory() }
        unsafe self.context = unsafe context
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, StoredTextFormat.compressionLevel)
        // Four bytes a frame, so that no damaged text is ever shown as if it were whole.
        _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
    }

    deinit { _ = unsafe ZSTD_freeCCtx(context) }

    func add(_ text: ArraySlice<UInt8>, source: SourceRange, kind: ParagraphKind) throws(IndexError) {
        if header.count == 0 { firsts.append(paragraphCount) }
        header.varint(text.count)
        header.varint(StoredTextFormat.zigzag(source.bytes.lowerBound - previous.bytes.upperBound))
        header.varint(source.bytes.count)
        header.varint(StoredTextFormat.zigzag(source.line - previous.line))
        header.append(kind.rawValue)
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

/// zstd's contexts fail to open only when memory is out.
private func fatalOutOfMemory() -> Never { preconditionFailure("out of memory") }
