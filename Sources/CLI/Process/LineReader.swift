internal import Glibc
internal import Model

/// The records of a file or of standard input, each as soon as it is there: whoever writes them may wait for what comes of
/// one before writing the next.
struct LineReader: ~Copyable {
    private let descriptor: Int32
    private let path: Path
    private let separator: UInt8
    private let isOwner: Bool
    private var buffer: [UInt8] = []
    /// Where the next record begins in the buffer, and up to where no separator is.
    private var start = 0
    private var searched = 0
    private var isAtEnd = false

    /// - Parameters:
    ///   - path: a file; `-` is standard input.
    ///   - separator: what ends a record; the last one need not be ended.
    init(_ path: Path, separator: UInt8 = 0x0A) throws(InputError) {
        self.path = path
        self.separator = separator
        isOwner = path.bytes != [UInt8(ascii: "-")]
        descriptor = isOwner ? unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) } : STDIN_FILENO
        if descriptor < 0 { throw InputError(path: path, code: errno) }
    }

    deinit { if isOwner { close(descriptor) } }

    /// The next record, without what ends it; nil at the end.
    mutating func next() throws(InputError) -> ArraySlice<UInt8>? {
        while true {
            if let end = buffer[searched...].firstIndex(of: separator) {
                defer { (start, searched) = (end + 1, end + 1) }
                return buffer[start..<end]
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { (start, searched) = (buffer.count, buffer.count) }
                return buffer[start...]
            }
            buffer.removeSubrange(..<start)
            (start, searched) = (0, buffer.count)
            try fill()
        }
    }

    private mutating func fill() throws(InputError) {
        let known = buffer.count
        buffer.append(contentsOf: repeatElement(0, count: 1 << 16))
        var count = -1
        repeat {
            count = unsafe buffer.withUnsafeMutableBytes { raw in
                unsafe read(descriptor, raw.baseAddress! + known, raw.count - known)
            }
        } while count < 0 && errno == EINTR
        let code = errno
        buffer.removeLast(buffer.count - known - max(0, count))
        if count < 0 { throw InputError(path: path, code: code) }
        if count == 0 { isAtEnd = true }
    }
}
