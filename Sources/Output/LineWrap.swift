internal import Model

/// Breaks lines for a terminal, which itself would break them inside of words and before full stops.
enum LineWrap {
    private static let escape: Unicode.Scalar = "\u{1B}"

    /// The text with line breaks where it would be wider than so many columns: between Han characters, and where words end. A
    /// mark that closes something does not begin a line, nor does one that opens something end it. A word that is wider than
    /// a line is cut.
    ///
    /// - Parameter line: without line breaks; escape sequences in it, ESC [ … and ESC ] … ESC \, take no column.
    /// - Complexity: O(length).
    static func wrapped(_ line: String, columns: Int) -> String {
        var wrapped: [Unicode.Scalar] = []
        var width = 0
        /// Where the line may be broken last, and its width up to there.
        var opening: (index: Int, width: Int)?
        var previous: Unicode.Scalar?
        var rest = Substring(line).unicodeScalars
        while let scalar = rest.first {
            if scalar == escape {
                let sequence = Self.sequence(rest)
                wrapped.append(contentsOf: sequence)
                rest = rest[sequence.endIndex...]
                continue
            }
            rest.removeFirst()
            let columnsHere = Self.width(of: scalar)
            if let previous, columnsHere > 0, mayBreak(previous, scalar) { opening = (wrapped.count, width) }
            if width + columnsHere > columns, width > 0 {
                let place = opening ?? (wrapped.count, width)
                wrapped.insert("\n", at: place.index)
                width -= place.width
                opening = nil
            }
            wrapped.append(scalar)
            // A space at the end of a line is not seen, however wide the line.
            width = scalar == " " && width >= columns ? columns : width + columnsHere
            if columnsHere > 0 { previous = scalar }
        }
        var view = String.UnicodeScalarView()
        view.append(contentsOf: wrapped)
        return String(view)
    }

    /// The escape sequence that the text begins with.
    private static func sequence(_ text: Substring.UnicodeScalarView) -> Substring.UnicodeScalarView {
        var index = text.index(after: text.startIndex)
        guard index < text.endIndex else { return text }
        let isCommand = text[index] == "]"
        var isAfterEscape = false
        text.formIndex(after: &index)
        while index < text.endIndex {
            let scalar = text[index]
            text.formIndex(after: &index)
            if isCommand ? isAfterEscape && scalar == "\\" : (0x40...0x7E).contains(scalar.value) { break }
            isAfterEscape = scalar == escape
        }
        return text[..<index]
    }

    private static func mayBreak(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
        if right == " " { return false }
        if left == " " { return true }
        guard DisplayWidth.isWide(left.value) || DisplayWidth.isWide(right.value) else { return false }
        return !closing.contains(right) && !opening.contains(left)
    }

    private static let closing = Set("，。、；：？！）】》」』〉〕’”…—·～,.;:?!)]}%".unicodeScalars)
    private static let opening = Set("（【《「『〈〔‘“([{".unicodeScalars)

    /// Marks that stand on another character take no column.
    private static func width(of scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return DisplayWidth.columns(of: scalar.value)
        }
    }
}
