/// Tells for each byte of decoded text, UTF-8, where in the file its character stood.
///
/// Kept as runs of characters that take the same number of bytes in both: a stretch of Han text is one run however long.
public struct OffsetMap: Sendable {
    /// Characters of equal widths, one right after another in text and file.
    private struct Run {
        /// Byte of the text at which it begins.
        var text: Int
        /// Byte of the file at which it begins; below it, in eight bits, the two widths (see ``widths(text:file:)``).
        var packed: Int

        var file: Int { packed >> 8 }
        var textWidth: Int { (packed & 0xFF) >> 5 + 1 }
        var fileWidth: Int { packed & 0x1F }
    }

    /// Empty when the text is the file's bytes from `base`.
    private var runs: [Run] = []
    private let base: Int
    private var textEnd = 0
    private var fileEnd: Int

    /// The map of text that is the file's own bytes.
    ///
    /// - Parameter base: the file's offset of the first.
    public init(identityFrom base: Int = 0) {
        self.base = base
        fileEnd = base
    }

    /// Whether every byte of the text stands at its own offset in the file.
    public var isIdentity: Bool { runs.isEmpty && base == 0 }

    /// Both widths in a byte: of the text 1 to 4, of the file 0 to 31.
    @inline(__always)
    static func widths(text: Int, file: Int) -> Int { (text &- 1) << 5 | min(file, 31) }

    /// Adds a character at the end of the text.
    ///
    /// - Parameters:
    ///   - start: where it begins in the file.
    ///   - widths: its bytes, from ``widths(text:file:)``.
    @inline(__always)
    mutating func append(textStart: Int, start: Int, widths: Int) {
        if let last = runs.last, last.packed & 0xFF == widths { return }
        runs.append(Run(text: textStart, packed: start << 8 | widths))
    }

    /// Ends the map: both lengths are known now.
    mutating func finish(text: Int, file: Int) {
        textEnd = text
        fileEnd = file
    }

    /// Where in the file the character begins that holds byte `offset` of the text; the end of the file's part for
    /// the end of the text. O(log runs).
    public func file(_ offset: Int) -> Int {
        guard !runs.isEmpty else { return base + offset }
        guard offset < textEnd else { return fileEnd }
        let run = runs[index(of: offset)]
        return run.file + (offset - run.text) / run.textWidth * run.fileWidth
    }

    /// The bytes of the file whose characters `range` of the text touches; empty ranges stay so. O(log runs).
    public func file(_ range: Range<Int>) -> Range<Int> {
        let start = file(range.lowerBound)
        guard !range.isEmpty else { return start..<start }
        guard !runs.isEmpty, range.upperBound < textEnd else { return start..<max(start, file(range.upperBound)) }
        let run = runs[index(of: range.upperBound - 1)]
        let characters = (range.upperBound - run.text + run.textWidth - 1) / run.textWidth
        return start..<max(start, run.file + characters * run.fileWidth)
    }

    /// The last run that begins at or before `offset`.
    private func index(of offset: Int) -> Int {
        var low = 0
        var high = runs.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if runs[middle].text <= offset { low = middle } else { high = middle }
        }
        return low
    }
}
