internal import Glibc
internal import Model

/// A file that could not be read.
struct InputError: Error, CustomStringConvertible {
    var path: Path
    var code: Int32
    var description: String { unsafe "cannot read \(path.lossyString): \(String(cString: strerror(code)))" }
}

/// Reads input whole.
enum InputFile {
    static func standardInput() throws -> [UInt8] { try read(STDIN_FILENO, Path("-")) }

    static func read(_ path: Path) throws -> [UInt8] {
        let descriptor = unsafe path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { throw InputError(path: path, code: errno) }
        defer { close(descriptor) }
        return try read(descriptor, path)
    }

    private static func read(_ descriptor: Int32, _ path: Path) throws -> [UInt8] {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw InputError(path: path, code: errno) }
            if count == 0 { return bytes }
            bytes.append(contentsOf: piece[..<count])
        }
    }
}
