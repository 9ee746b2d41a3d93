internal import CZlib

/// Expands gzip, by zlib: any number of members one after the other, zeros behind the last as tapes have them.
@safe final class GzipDecompressor: Decompressor {
    /// Zlib's number for the widest window, with what makes it expect a gzip header.
    private static let windowBits: Int32 = 15 + 16

    /// On the heap, since zlib keeps its address.
    private let stream: UnsafeMutablePointer<z_stream>
    private let isOpen: Bool
    private(set) var isComplete = true
    private var isAfterMember = false
    private var isPadding = false

    init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        isOpen =
            unsafe inflateInit2_(
                stream, Self.windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    }

    deinit {
        if isOpen { unsafe inflateEnd(stream) }
        unsafe stream.deallocate()
    }

    func expand(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (
        read: Int, written: Int
    )? {
        guard isOpen, let first = unsafe input.first else { return isOpen ? (0, 0) : nil }
        if isAfterMember {
            if first == 0 { isPadding = true }
            if isPadding { return unsafe input.allSatisfy { $0 == 0 } ? (input.count, 0) : nil }
            guard unsafe inflateReset(stream) == Z_OK else { return nil }
            isAfterMember = false
        }
        isComplete = false
        // SAFETY: zlib reads and writes no more than it is told there is, and keeps neither pointer: both are set anew.
        let room = min(output.count, Int(UInt32.max))
        let available = min(input.count, Int(UInt32.max))
        unsafe stream.pointee.next_in = UnsafeMutablePointer(
            mutating: input.baseAddress?.assumingMemoryBound(to: UInt8.self))
        unsafe stream.pointee.avail_in = UInt32(available)
        unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        unsafe stream.pointee.avail_out = UInt32(room)
        let status = unsafe inflate(stream, Z_NO_FLUSH)
        let read = unsafe available - Int(stream.pointee.avail_in)
        let written = unsafe room - Int(stream.pointee.avail_out)
        switch status {
        case Z_OK, Z_BUF_ERROR: break
        case Z_STREAM_END:
            isComplete = true
            isAfterMember = true
        default: return nil
        }
        return (read, written)
    }
}
