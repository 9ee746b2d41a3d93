internal import Glibc
internal import Model

/// Where in its file a hit's first match stands, for editors.
///
/// The index knows the line of a paragraph. Where the file holds the paragraph's text byte for byte, as UTF-8 text mostly does,
/// the line and the column of the match itself follow; else, or when the file is gone or another by now, it is the beginning
/// of the paragraph's line.
enum FilePlace {
    /// The longest beginning of a line that is looked at.
    private static let reach = 1 << 16

    static func find(_ hit: Hit) -> (line: Int, column: Int) {
        exactPlace(hit) ?? (hit.source.line, 1)
    }

    private static func exactPlace(_ hit: Hit) -> (line: Int, column: Int)? {
        let text = Array(hit.text.utf8)
        let source = hit.source.bytes
        guard source.count == text.count, hit.source.part == nil, hit.path.isAbsolute else { return nil }
        // A name may be that of a pipe by now, which would be waited for.
        let descriptor = unsafe hit.path.withCString { unsafe open($0, O_RDONLY | O_CLOEXEC | O_NONBLOCK) }
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        let start = max(0, source.lowerBound - reach)
        guard let bytes = read(descriptor, start..<source.upperBound),
            bytes[(source.lowerBound - start)...].elementsEqual(text)
        else { return nil }
        let before = hit.text.unicodeScalars.prefix(hit.highlights.first?.lowerBound ?? 0)
        let match = source.lowerBound - start + before.reduce(0) { $0 + UTF8.width($1) }
        var lineStart = 0
        if let lineBreak = bytes[..<match].lastIndex(of: 0x0A) {
            lineStart = lineBreak + 1
        } else if start > 0 {
            return nil
        } else if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            // No editor counts a byte order mark.
            lineStart = 3
        }
        let breaks = bytes[(source.lowerBound - start)..<match].count { $0 == 0x0A }
        return (hit.source.line + breaks, match - lineStart + 1)
    }

    /// The bytes of a range; nil when the file is not a plain one, or does not have them all.
    private static func read(_ descriptor: Int32, _ range: Range<Int>) -> [UInt8]? {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
            Int(status.st_size) >= range.upperBound
        else { return nil }
        var bytes = [UInt8](repeating: 0, count: range.count)
        var filled = 0
        while filled < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { raw in
                unsafe pread(
                    descriptor, raw.baseAddress! + filled, raw.count - filled, off_t(range.lowerBound + filled))
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return nil }
            filled += count
        }
        return bytes
    }
}
