internal import Bytes
internal import Glibc
internal import Model

/// Reads a file, or what stands in for one, in order. Bytes are copied out of it, never mapped: a file that another program cuts
/// short is an error here, not a crash.
final class FileReader {
    let path: Path
    /// As it was when opened.
    let status: FileStatus
    private let descriptor: Int32
    /// What is still to be read of an input that is in memory.
    private var memory: ArraySlice<UInt8> = []
    /// Asked while an input is waited for; nil for a file, which is there. Once it says so, the input has ended.
    private let isInterrupted: (() -> Bool)?
    /// How often that is asked, in milliseconds.
    private static let patience: Int32 = 200

    init(_ path: Path) throws(ArticlesError) {
        self.path = path
        isInterrupted = nil
        descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { throw .unreadableOrMissing(path, code: errno) }
        var found = stat()
        guard unsafe fstat(descriptor, &found) == 0 else {
            let code = errno
            close(descriptor)
            throw .unreadable(path, code: code)
        }
        status = FileStatus(found)
        // Everything is set now, so that `deinit` closes the descriptor. Closed here as well, it might by then be another's.
        guard status.kind == .file else { throw .notAFile(path) }
    }

    /// Reads an input, of which the size need not be known, nor when there will be more of it.
    init(_ input: ArticleInput, isInterrupted: @escaping () -> Bool) throws(ArticlesError) {
        path = .standardInput
        self.isInterrupted = isInterrupted
        var found = stat()
        switch input {
        case .descriptor(let number):
            descriptor = fcntl(number, F_DUPFD_CLOEXEC, 0)
            guard descriptor >= 0, unsafe fstat(descriptor, &found) == 0 else {
                throw .unreadable(.standardInput, code: errno)
            }
        case .lines(let bytes):
            descriptor = -1
            memory = bytes[...]
            found.st_mode = S_IFREG
            found.st_size = bytes.count
        }
        status = FileStatus(found)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Returns once there is something to read, or the end; false when whoever reads has been interrupted before.
    private func waitForInput() -> Bool {
        guard let isInterrupted else { return true }
        var waiting = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while !isInterrupted() {
            if unsafe poll(&waiting, 1, Self.patience) != 0, errno != EINTR || waiting.revents != 0 { return true }
        }
        return false
    }

    /// Appends up to `limit` more bytes to `buffer`; gives how many, 0 at the end.
    func read(into buffer: inout [UInt8], limit: Int) throws(ArticlesError) -> Int {
        if descriptor < 0 {
            let piece = memory.prefix(limit)
            memory.removeFirst(piece.count)
            buffer += piece
            return piece.count
        }
        var code: Int32 = 0
        // Not filled with zeros first: for a small file that would cost more than reading it.
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: limit) { raw, received in
            while received < limit, waitForInput() {
                // SAFETY: `received` bytes of `limit` are taken; the system writes no more than the rest.
                let count = unsafe Glibc.read(descriptor, raw.baseAddress! + received, limit - received)
                if count < 0, errno == EINTR || isInterrupted != nil && errno == EAGAIN { continue }
                if count < 0 { code = errno }
                if count <= 0 { break }
                received += count
            }
        }
        guard code == 0 else { throw .unreadable(path, code: code) }
        if buffer.isEmpty { buffer = piece } else { buffer.append(contentsOf: piece) }
        return piece.count
    }

    /// Everything from here to the end.
    func readAll() throws(ArticlesError) -> [UInt8] {
        var buffer: [UInt8] = []
        // One byte more than the size, so that the end is seen without another call.
        var next = status.size + 1
        while try read(into: &buffer, limit: next) == next { next = max(1 << 16, buffer.count) }
        return buffer
    }

    /// Copies bytes from anywhere in the file, whatever has been read in order; gives how many, fewer than asked for at
    /// the end, or the system's error number.
    func read(at offset: Int, into buffer: UnsafeMutableRawBufferPointer) -> Result<Int, ReadFailure> {
        var received = 0
        while received < buffer.count {
            // SAFETY: `received` bytes of the buffer are taken; the system writes no more than the rest.
            let count = unsafe pread(
                descriptor, buffer.baseAddress! + received, buffer.count - received, offset + received)
            if count < 0, errno == EINTR { continue }
            if count < 0 { return .failure(ReadFailure(code: errno)) }
            if count == 0 { break }
            received += count
        }
        return .success(received)
    }

    struct ReadFailure: Error {
        var code: Int32
    }

    /// The fingerprint of everything from here to the end, read without keeping it.
    func hashToEnd() throws(ArticlesError) -> UInt64 {
        var hash = ContentHash()
        var buffer: [UInt8] = []
        while try read(into: &buffer, limit: 1 << 20) > 0 {
            unsafe hash.update(buffer.span.bytes)
            buffer.removeAll(keepingCapacity: true)
        }
        return hash.value
    }

    /// Whether the file changed since it was opened. An input may grow while it is read.
    func hasChanged() -> Bool {
        guard isInterrupted == nil else { return false }
        var now = stat()
        guard unsafe fstat(descriptor, &now) == 0 else { return true }
        return FileStatus(now) != status
    }
}
