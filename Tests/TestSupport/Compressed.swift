internal import CZlib
internal import CZstd

/// Bytes compressed as files are.
public enum Compressed {
    /// A member of gzip.
    public static func gzip(_ bytes: some Sequence<UInt8>) -> [UInt8] { deflate(Array(bytes), windowBits: 31) }

    /// What a zip archive holds of a member.
    static func rawDeflate(_ bytes: [UInt8]) -> [UInt8] { deflate(bytes, windowBits: -15) }

    private static func deflate(_ bytes: [UInt8], windowBits: Int32) -> [UInt8] {
        var stream = unsafe z_stream()
        unsafe precondition(
            deflateInit2_(
                &stream, 9, Z_DEFLATED, windowBits, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION,
                Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { unsafe deflateEnd(&stream) }
        var input = bytes
        let bound = unsafe Int(deflateBound(&stream, UInt(bytes.count))) + 64
        // SAFETY: zlib stays within both buffers.
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            unsafe input.withUnsafeMutableBufferPointer { input in
                unsafe stream.next_in = input.baseAddress
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(bound)
                unsafe precondition(CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END)
            }
            count = unsafe bound - Int(stream.avail_out)
        }
    }

    /// A frame of zstd, with a checksum as its tool writes it.
    public static func zstd(_ bytes: some Sequence<UInt8>) -> [UInt8] {
        let bytes = Array(bytes)
        let bound = ZSTD_compressBound(bytes.count)
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { output, count in
            let context = unsafe ZSTD_createCCtx()
            defer { _ = unsafe ZSTD_freeCCtx(context) }
            _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_checksumFlag, 1)
            count = unsafe ZSTD_compress2(context, output.baseAddress, bound, bytes, bytes.count)
            precondition(ZSTD_isError(count) == 0)
        }
    }

    static func crc32(_ bytes: [UInt8]) -> UInt32 {
        unsafe UInt32(truncatingIfNeeded: CZlib.crc32(0, bytes, UInt32(bytes.count)))
    }
}
