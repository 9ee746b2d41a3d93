internal import Glibc

extension TemporaryDirectory {
    /// Makes a pipe with a name, which blocks whoever opens it as a file.
    public func makeFIFO(_ name: String) {
        precondition(unsafe mkfifo(path(of: name), 0o644) == 0, "a test's pipe could not be made")
    }

    public func remove(_ name: String) {
        precondition(unsafe unlink(path(of: name)) == 0, "a test's file could not be removed")
    }

    /// The content of a file.
    public func read(_ name: String) -> [UInt8] { read(Array(name.utf8)) }

    public func read(_ name: [UInt8]) -> [UInt8] {
        let path = path(of: name).map { CChar(bitPattern: $0) } + [0]
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        precondition(descriptor >= 0, "a test's file could not be opened")
        defer { close(descriptor) }
        return HostFile.readAll(descriptor)
    }

    /// The names in a directory, sorted.
    public func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(path(of: directory)) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: `d_name` is NUL-terminated within its 256 bytes.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

/// Files outside of a test's own directory.
public enum HostFile {
    /// The content of a file; nil when it cannot be opened.
    public static func read(_ path: String) -> [UInt8]? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return readAll(descriptor)
    }

    /// Replaces the content of a file, or makes it.
    public static func write(_ bytes: [UInt8], to path: String) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        precondition(descriptor >= 0, "\(path) could not be written")
        defer { close(descriptor) }
        let count = unsafe Glibc.write(descriptor, bytes, bytes.count)
        precondition(count == bytes.count, "\(path) could not be written")
    }

    static func readAll(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count <= 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}
