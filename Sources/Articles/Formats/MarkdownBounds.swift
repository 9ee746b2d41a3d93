/// Keeps from cmark what would cost it time or memory out of proportion, and no author writes.
enum MarkdownBounds {
    /// Images in the lines between two blank ones. At every link cmark walks through those that are open before it.
    static let imageLimit = 1000

    /// Whether tables are safe: cmark fills each row up to the columns of its table, and ends the process when memory
    /// runs out.
    ///
    /// Cells are bounded by columns times lines; in honest tables they are far fewer than bytes.
    static func allowsTables(_ text: ArraySlice<UInt8>) -> Bool {
        var lines = 1
        var columns = 0
        var bars = 0
        var isDelimiterRow = true
        for byte in text {
            switch byte {
            case 0x0A, 0x0D:
                if isDelimiterRow { columns = max(columns, bars + 1) }
                lines += 1
                bars = 0
                isDelimiterRow = true
            case UInt8(ascii: "|"): bars += 1
            // And what may stand before a table in a list item or quote.
            case UInt8(ascii: "-"), UInt8(ascii: ":"), 0x20, 0x09, 0x0B, 0x0C, UInt8(ascii: ">"), UInt8(ascii: "*"),
                UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: ")"), 0x30...0x39:
                break
            default: isDelimiterRow = false
            }
        }
        if isDelimiterRow { columns = max(columns, bars + 1) }
        return columns * lines <= max(1 << 20, text.count)
    }

    /// The places of exclamation marks that begin an image beyond the limit of a paragraph. Without its mark an image
    /// is a link, of the same text.
    static func excessImages(_ text: ArraySlice<UInt8>) -> [Int] {
        var places: [Int] = []
        var images = 0
        var isBlank = true
        for (index, byte) in zip(text.indices, text) {
            if byte == 0x0A || byte == 0x0D {
                if isBlank { images = 0 }
                isBlank = true
            } else if byte != 0x20, byte != 0x09 {
                isBlank = false
            }
            if byte == 0x21, index + 1 < text.endIndex, text[index + 1] == 0x5B {
                images += 1
                if images > imageLimit { places.append(index) }
            }
        }
        return places
    }
}
