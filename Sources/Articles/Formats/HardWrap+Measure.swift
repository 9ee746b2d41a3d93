internal import Model

extension HardWrap {
    /// Measures a line. O(its length).
    ///
    /// - Parameters:
    ///   - line: the line in `text`, line end left out.
    ///   - trimmed: the same without white space at its ends; not empty.
    static func measure(_ text: UnsafeBufferPointer<UInt8>, line: Range<Int>, trimmed: Range<Int>) -> Line {
        var measured = Line(range: trimmed)
        measured.mark = unsafe ItemMark(text, at: trimmed)
        var isInFirstWord = true
        var blankColumns = 0
        var starts = 0
        var mark = Mark.none
        var last: UInt32 = 0
        var index = line.lowerBound
        while index < trimmed.upperBound {
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            let width = scalar == 0x09 ? 8 - measured.width % 8 : DisplayWidth.columns(of: scalar)
            measured.width += width
            if index < trimmed.lowerBound {
                measured.indent += width
                index += length
                continue
            }
            let isBlank = scalar == 0x20 || scalar == 0x09 || scalar == 0x3000
            if isInFirstWord {
                isInFirstWord = width == 1 && scalar != 0x20
                if isInFirstWord || measured.firstWord == 0 { measured.firstWord += width }
            }
            if starts < 3 {
                measured.start = measured.start << 21 | UInt64(scalar)
                starts += 1
            }
            blankColumns = isBlank ? blankColumns + width : 0
            if blankColumns >= 3 || scalar == 0x09 { measured.hasColumns = true }
            switch mark.take(scalar, isBlank: isBlank) {
            case .clause: measured.innerClauses += 1
            case .sentence: measured.innerSentences += 1
            default: break
            }
            last = scalar
            index += length
        }
        measured.endsClause = isClauseEnd(last)
        return measured
    }

    /// The mark that what comes next follows, if any.
    private enum Mark {
        case none
        /// Marks of Latin script, which end something only before white space: `3.5`, `10:30`.
        case latinClause
        case latinSentence
        case clause
        case sentence

        /// Takes the next character, and gives the mark before it when it is the first after one.
        mutating func take(_ scalar: UInt32, isBlank: Bool) -> Mark {
            switch scalar {
            case 0x3002, 0xFF01, 0xFF1F, 0xFF1B, 0x2026: self = .sentence
            case 0x3001, 0xFF0C, 0xFF1A: self = .clause
            case 0x2E, 0x21, 0x3F, 0x3B: self = .latinSentence
            case 0x2C, 0x3A: self = .latinClause
            // Brackets and quotation marks close what ends with the mark inside them.
            case 0x300D, 0x300F, 0x201D, 0xFF09: break
            default:
                if isBlank {
                    self = self == .latinSentence ? .sentence : self == .latinClause ? .clause : self
                } else {
                    defer { self = .none }
                    return self
                }
            }
            return .none
        }
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
