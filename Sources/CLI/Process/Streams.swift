internal import Glibc
internal import Model
internal import Output

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

    /// How paths are printed here that are all there is in a line.
    ///
    /// - Parameter endsWithNUL: whether one is to end with a NUL, and not with the line.
    func pathLines(endsWithNUL: Bool) -> PathLines {
        PathLines(end: endsWithNUL ? 0 : 0x0A, isForTerminal: isTerminal)
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
    /// Writes a line, whatever an article or a file name brings into it: it can neither move the cursor nor end the line,
    /// and so pass for another message.
    static func write(_ message: String) { write(lines: [message]) }

    /// Writes lines, each as above.
    static func write(lines: [some StringProtocol]) {
        let bytes = lines.flatMap { Array((PrintableText.printable(String($0)) + "\n").utf8) }
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
