internal import Model

/// Recognises text whose lines were cut at a fixed width, and tells which line ends are only that.
///
/// A line is *full* when the first word of the next would not have fitted on it: its width and that word's exceed the
/// text's width, but for a few columns that rules against marks at line starts take. In text cut at a width nearly every
/// line that another follows is full, and most full lines end in the middle of a sentence. In text of one paragraph a
/// line neither is so; verse has short lines.
struct HardWrap {
    /// A line that is not blank.
    struct Line {
        /// Its text, trimmed.
        var range: Range<Int>
        /// Whether it follows the line before without a blank one between.
        var followsLine = false
        /// Columns it takes, white space in front included; a Han character takes two.
        fileprivate(set) var width = 0
        /// Columns of white space in front.
        fileprivate(set) var indent = 0
        /// Columns of its first word, or of its first Han character.
        fileprivate(set) var firstWord = 0
        /// Whether its last character ends a sentence or clause.
        fileprivate(set) var endsClause = false
    }

    /// Widths that text is cut at, in columns.
    private static let widths = 36...160
    /// Columns that a line may stay short for other reasons than the next word.
    private static let slack = 4
    /// Of the lines that another follows, the share that is full where text is cut at a width.
    private static let fullShare = 0.6
    /// Lines below which nothing is recognised.
    private static let fewestLines = 5

    /// For each line, whether it goes on in the next.
    private(set) var continues: [Bool]

    /// - Parameter lines: the lines that are not blank, in order, from ``measure(_:line:trimmed:)``.
    init(_ lines: [Line]) {
        continues = [Bool](repeating: false, count: lines.count)
        let widest = Self.commonWidth(of: lines)
        guard lines.count >= Self.fewestLines, Self.widths.contains(widest) else { return }
        let commonIndent = lines.reduce(Int.max) { min($0, $1.indent) }
        var followed = 0
        var full = 0
        var clauses = 0
        for (index, next) in zip(lines.indices, lines.dropFirst()) where next.followsLine {
            // A line that begins further in begins a paragraph.
            guard next.indent <= commonIndent else { continue }
            followed += 1
            let line = lines[index]
            guard line.width + next.firstWord + Self.slack > widest else { continue }
            full += 1
            if line.endsClause { clauses += 1 }
            continues[index] = true
        }
        let isWrapped =
            full >= Self.fewestLines - 2 && Double(full) >= Self.fullShare * Double(followed) && clauses * 2 <= full
        if !isWrapped { continues = [Bool](repeating: false, count: lines.count) }
    }

    /// The greatest width that several lines come close to. Hardly any line reaches beyond it: an address too long to be
    /// cut, but no paragraph; 0 when there is no such width.
    private static func commonWidth(of lines: [Line]) -> Int {
        var counts = [Int](repeating: 0, count: widths.upperBound + 1)
        for line in lines where line.width <= widths.upperBound { counts[line.width] += 1 }
        let needed = max(2, lines.count / 20)
        var width = widths.upperBound
        while width >= widths.lowerBound {
            if counts[width] > 0, counts[max(0, width - slack)...width].reduce(0, +) >= needed {
                return lines.count { $0.width > width } <= max(1, lines.count / 20) ? width : 0
            }
            width -= 1
        }
        return 0
    }

    /// Measures a line. O(its length).
    ///
    /// - Parameters:
    ///   - line: the line in `text`, line end left out.
    ///   - trimmed: the same without white space at its ends; not empty.
    static func measure(_ text: UnsafeBufferPointer<UInt8>, line: Range<Int>, trimmed: Range<Int>) -> Line {
        var measured = Line(range: trimmed)
        var isInFirstWord = true
        var last: UInt32 = 0
        var index = line.lowerBound
        while index < trimmed.upperBound {
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            let width = scalar == 0x09 ? 8 - measured.width % 8 : DisplayWidth.columns(of: scalar)
            measured.width += width
            if index < trimmed.lowerBound {
                measured.indent += width
            } else if isInFirstWord {
                isInFirstWord = width == 1 && scalar != 0x20
                if isInFirstWord || measured.firstWord == 0 { measured.firstWord += width }
            }
            last = scalar
            index += length
        }
        measured.endsClause = isClauseEnd(last)
        return measured
    }

    private static func isClauseEnd(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x3001, 0x3002, 0xFF0C, 0xFF01, 0xFF1F, 0xFF1B, 0xFF1A, 0x2026, 0x300D, 0x300F, 0x201D, 0xFF09,
            0x21, 0x2C, 0x2E, 0x3A, 0x3B, 0x3F:
            true
        default: false
        }
    }
}
