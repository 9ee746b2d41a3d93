internal import Glibc

/// The content of a file; nil when it cannot be read.
public func readFile(_ path: String) -> [UInt8]? { readFile(Array(path.utf8)) }

public func readFile(_ path: [UInt8]) -> [UInt8]? {
    let descriptor = unsafe open(path.map { CChar(bitPattern: $0) } + [0], O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    return readToEnd(descriptor)
}

/// What can be read before the end, or before reading fails, as at the end of a terminal.
func readToEnd(_ descriptor: Int32) -> [UInt8] {
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = unsafe read(descriptor, &piece, piece.count)
        if count < 0, errno == EINTR { continue }
        if count <= 0 { return bytes }
        bytes += piece[..<count]
    }
}

/// Writes a file, or replaces it; false when that failed.
public func writeFile(_ bytes: some Sequence<UInt8>, to path: [UInt8]) -> Bool {
    let terminated = path.map { CChar(bitPattern: $0) } + [0]
    let descriptor = unsafe open(terminated, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
    guard descriptor >= 0 else { return false }
    defer { close(descriptor) }
    let content = Array(bytes)
    var written = 0
    while written < content.count {
        let count = unsafe content[written...].withUnsafeBytes {
            unsafe write(descriptor, $0.baseAddress!, $0.count)
        }
        guard count > 0 else { return false }
        written += count
    }
    return true
}

/// A variable of the environment; nil when it is not set.
public func environment(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
}

/// Whether the process may write anywhere, so that a test of permissions would prove nothing.
public var isRoot: Bool { geteuid() == 0 }

/// This process's number.
public var processID: Int { Int(getpid()) }
