internal import Model

/// What the beginning of a line says of it: that it is an item of a list or a chapter's heading, or what one of several
/// speakers says.
///
/// Numbers count as marks only with what numbers of items have after them: `3.5` and `10:30` begin no item, `3. ` and
/// `三、` do.
enum ItemMark {
    case none
    /// `1. `, `1、`, `（一）`, `①`, `- `, `●`, `第三章`.
    case item
    /// One to four characters, no number, and a colon: `甲：`, `记者：`. In prose `他说：` is no turn; whoever asks must look at how
    /// many lines begin so.
    case turn

    /// Reads the first few characters of a line. O(1).
    ///
    /// - Parameter range: the line in `text`, without white space in front.
    init(_ text: UnsafeBufferPointer<UInt8>, at range: Range<Int>) {
        var scalars: [8 of UInt32] = .init(repeating: 0)
        var index = range.lowerBound
        for place in scalars.indices where index < range.upperBound {
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            scalars[place] = scalar
            index += length
        }
        self = Self.isItem(scalars) ? .item : Self.isTurn(scalars) ? .turn : .none
    }

    private static func isItem(_ scalars: [8 of UInt32]) -> Bool {
        switch scalars[0] {
        case 0x2D, 0x2A, 0x2B: return isBlank(scalars[1])
        // • ‣ ● ○ ■ □ ▪ ◆ ◇ ★ ☆ ※, circled and bracketed numbers.
        case 0x2022, 0x2023, 0x25CF, 0x25CB, 0x25A0, 0x25A1, 0x25AA, 0x25C6, 0x25C7, 0x2605, 0x2606, 0x203B,
            0x2460...0x24FF, 0x2776...0x2793, 0x3220...0x3229, 0x3280...0x3289:
            return true
        case 0x28, 0xFF08:
            let end = numberEnd(scalars, from: 1)
            return end > 1 && end <= 4 && (scalars[end] == 0x29 || scalars[end] == 0xFF09)
        case 0x7B2C:
            let end = numberEnd(scalars, from: 1)
            return end > 1 && end <= 6 && isDivision(scalars[end])
        default:
            let end = numberEnd(scalars, from: 0)
            guard end > 0, end <= 4 else { return false }
            switch scalars[end] {
            case 0x3001, 0xFF0E: return true
            case 0x2E, 0x29, 0xFF09: return !isNumeral(scalars[end + 1])
            default: return false
            }
        }
    }

    private static func isTurn(_ scalars: [8 of UInt32]) -> Bool {
        for place in 0..<5 {
            switch scalars[place] {
            case 0x3A, 0xFF1A: return place > 0 && !isNumeral(scalars[place - 1])
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x3007, 0x3400...0x9FFF: continue
            default: return false
            }
        }
        return false
    }

    /// The place after the numerals, at most 6.
    private static func numberEnd(_ scalars: [8 of UInt32], from start: Int) -> Int {
        var end = start
        while end < 6, isNumeral(scalars[end]) { end += 1 }
        return end
    }

    /// 0 to 9, 〇 and 一 to 百.
    private static func isNumeral(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x30...0x39, 0xFF10...0xFF19, 0x3007, 0x4E00, 0x4E8C, 0x4E09, 0x56DB, 0x4E94, 0x516D, 0x4E03, 0x516B,
            0x4E5D, 0x5341, 0x767E:
            true
        default: false
        }
    }

    /// 章节節回卷篇部条條款.
    private static func isDivision(_ scalar: UInt32) -> Bool {
        switch scalar {
        case 0x7AE0, 0x8282, 0x7BC0, 0x56DE, 0x5377, 0x7BC7, 0x90E8, 0x6761, 0x689D, 0x6B3E: true
        default: false
        }
    }

    private static func isBlank(_ scalar: UInt32) -> Bool { scalar == 0x20 || scalar == 0x09 || scalar == 0x3000 }
}
