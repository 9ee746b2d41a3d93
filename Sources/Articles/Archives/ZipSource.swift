internal import CZlib
internal import Model

/// Lets minizip read a file that is open already.
@safe final class ZipSource {
    private let file: FileReader
    private var offset = 0
    /// Bytes of the file from `windowStart` on: minizip reads headers byte by byte.
    private var window: [UInt8] = []
    private var windowStart = 0
    private static let windowSize = 1 << 14
    /// The system's error number, once reading has failed.
    private(set) var errorCode: Int32?

    init(_ file: FileReader) { self.file = file }

    /// Calls `body` with the functions that minizip is to call. They hold this object unretained: it must live as long as
    /// what is opened with them.
    func withFunctions(_ body: (UnsafeMutablePointer<zlib_filefunc64_def>) -> unzFile?) -> unzFile? {
        var functions = unsafe zlib_filefunc64_def()
        unsafe functions.opaque = Unmanaged.passUnretained(self).toOpaque()
        unsafe functions.zopen64_file = { context, _, _ in unsafe context }
        unsafe functions.zread_file = { context, _, buffer, count in
            guard let source = unsafe ZipSource.of(context), let buffer = unsafe buffer else { return 0 }
            // SAFETY: minizip's buffer has room for what it asks for.
            return unsafe source.read(UnsafeMutableRawBufferPointer(start: buffer, count: Int(clamping: count)))
        }
        unsafe functions.ztell64_file = { context, _ in UInt64(unsafe ZipSource.of(context)?.offset ?? 0) }
        unsafe functions.zseek64_file = { context, _, offset, origin in
            unsafe ZipSource.of(context)?.seek(Int(truncatingIfNeeded: offset), from: origin) ?? -1
        }
        unsafe functions.zclose_file = { _, _ in 0 }
        unsafe functions.zerror_file = { context, _ in unsafe ZipSource.of(context)?.errorCode ?? 0 }
        return unsafe body(&functions)
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> ZipSource? {
        unsafe context.map { unsafe Unmanaged<ZipSource>.fromOpaque($0).takeUnretainedValue() }
    }

    private func read(_ buffer: UnsafeMutableRawBufferPointer) -> UInt {
        guard buffer.count < Self.windowSize else {
            return unsafe UInt(readFile(at: offset, into: buffer, moves: true))
        }
        if offset < windowStart || offset + buffer.count > windowStart + window.count {
            windowStart = offset
            window = unsafe [UInt8](unsafeUninitializedCapacity: Self.windowSize) { bytes, filled in
                filled = unsafe readFile(at: offset, into: UnsafeMutableRawBufferPointer(bytes), moves: false)
            }
        }
        let start = offset - windowStart
        let count = min(buffer.count, window.count - start)
        unsafe buffer.copyBytes(from: window[start..<start + count])
        offset += count
        return UInt(count)
    }

    private func readFile(at place: Int, into buffer: UnsafeMutableRawBufferPointer, moves: Bool) -> Int {
        switch unsafe file.read(at: place, into: buffer) {
        case .success(let count):
            if moves { offset += count }
            return count
        case .failure(let failure):
            errorCode = failure.code
            return 0
        }
    }

    private func seek(_ distance: Int, from origin: Int32) -> Int {
        let start: Int
        switch origin {
        case ZLIB_FILEFUNC_SEEK_SET: start = 0
        case ZLIB_FILEFUNC_SEEK_CUR: start = offset
        default: start = file.status.size
        }
        let (place, overflow) = start.addingReportingOverflow(distance)
        guard !overflow, place >= 0 else { return -1 }
        // Behind the end there is nothing to read, however far.
        offset = min(place, file.status.size)
        return 0
    }

    /// The file's first bytes; fewer when it is shorter or cannot be read.
    func firstBytes(_ count: Int) -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = unsafe (try? file.read(at: 0, into: UnsafeMutableRawBufferPointer(buffer)).get()) ?? 0
        }
    }
}
