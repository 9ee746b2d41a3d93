internal import Glibc

extension Path {
    /// The process's working directory.
    public static func workingDirectory() -> Path? {
        guard let buffer = unsafe getcwd(nil, 0) else { return nil }
        defer { unsafe free(buffer) }
        return Path(bytes: unsafe Array(UnsafeRawBufferPointer(start: buffer, count: strlen(buffer))))
    }

    /// The absolute path with `.` and `..` taken away by name alone, for a path that may no longer exist.
    public func standardized(in directory: Path) -> Path {
        let absolute = isAbsolute ? self : directory.appending(bytes)
        var parts: [ArraySlice<UInt8>] = []
        for part in absolute.bytes.split(separator: Path.separator) {
            if part.elementsEqual([0x2E]) { continue }
            if part.elementsEqual([0x2E, 0x2E]) { _ = parts.popLast() } else { parts.append(part) }
        }
        return Path(bytes: [Path.separator] + Array(parts.joined(separator: [Path.separator])))
    }

    /// Calls `body` with the path as C wants it.
    public func withCString<R>(_ body: (UnsafePointer<CChar>) -> R) -> R {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        return unsafe terminated.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
}
