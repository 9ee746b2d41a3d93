internal import CZstd

/// Expands zstd: any number of frames one after the other, those to be skipped included.
///
/// A frame may ask for a window of 128 MB at most, zstd's own limit unless it is told otherwise.
@safe final class ZstdDecompressor: Decompressor {
    private let context: OpaquePointer?
    private(set) var isComplete = true

    init() { unsafe context = ZSTD_createDCtx() }

    deinit { _ = unsafe ZSTD_freeDCtx(context) }

    func expand(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (
        read: Int, written: Int
    )? {
        guard unsafe context != nil else { return nil }
        var from = unsafe ZSTD_inBuffer(src: input.baseAddress, size: input.count, pos: 0)
        var to = unsafe ZSTD_outBuffer(dst: output.baseAddress, size: output.count, pos: 0)
        // SAFETY: zstd stays within both buffers and keeps neither.
        let status = unsafe ZSTD_decompressStream(context, &to, &from)
        guard ZSTD_isError(status) == 0 else { return nil }
        let moved = unsafe (from.pos, to.pos)
        if moved != (0, 0) { isComplete = status == 0 }
        return moved
    }
}
