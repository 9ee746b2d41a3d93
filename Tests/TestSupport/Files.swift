internal import Glibc

/// The content of a file; nil when it cannot be read.
public func readFile(_ path: String) -> [UInt8]? {
    let descriptor = unsafe open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 1 << 16)
    while true {
        let count = unsafe read(descriptor, &piece, piece.count)
        guard count >= 0 else { return nil }
        if count == 0 { return bytes }
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
        let count = unsafe content[written...].withUnsafeBytes { unsafe write(descriptor, $0.baseAddress!, $0.count) }
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
