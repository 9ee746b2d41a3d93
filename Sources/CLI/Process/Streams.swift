internal import Glibc
internal import Model

/// Standard output has no reader any more.
struct BrokenPipe: Error {}

/// Standard output could not be written.
struct OutputError: Error, CustomStringConvertible {
    var code: Int32
    var description: String { unsafe "cannot write standard output: \(String(cString: strerror(code)))" }
}

/// Standard output, for data and nothing else.
struct StandardOutput {
    /// Or what stands in for it.
    var descriptor = STDOUT_FILENO

    var isTerminal: Bool { isatty(descriptor) == 1 }

    /// Lines and columns of the terminal; nil where it is none, or one that does not say.
    var size: (rows: Int, columns: Int)? {
        var size = winsize()
        guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_row > 0, size.ws_col > 0 else {
            return nil
        }
        return (Int(size.ws_row), Int(size.ws_col))
    }

    func write(_ bytes: [UInt8]) throws {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { raw in
                unsafe Glibc.write(descriptor, raw.baseAddress! + written, raw.count - written)
            }
            if count >= 0 {
                written += count
            } else if errno == EPIPE {
                throw BrokenPipe()
            } else if errno != EINTR {
                throw OutputError(code: errno)
            }
        }
    }
}

/// Standard error, for everything that is not data.
enum StandardError {
    /// Writes a line as it is: what an article or a file name brings into it goes through `PrintableText` first.
    static func write(_ message: String) {
        let bytes = Array((message + "\n").utf8)
        _ = unsafe bytes.withUnsafeBytes { raw in unsafe Glibc.write(STDERR_FILENO, raw.baseAddress, raw.count) }
    }
}

enum Environment {
    /// The variable's bytes, or nil when it is not set or empty.
    static func bytes(_ name: String) -> [UInt8]? {
        guard let value = unsafe getenv(name) else { return nil }
        let bytes = unsafe Array(UnsafeRawBufferPointer(start: value, count: strlen(value)))
        return bytes.isEmpty ? nil : bytes
    }

    /// Whether colours may be used on standard output (see no-color.org).
    static var allowsColour: Bool {
        StandardOutput().isTerminal && bytes("NO_COLOR") == nil && !isDumbTerminal
    }

    /// Whether the terminal says that it knows nothing but text.
    static var isDumbTerminal: Bool { bytes("TERM") == Array("dumb".utf8) }
}
