internal import CICU

/// Properties of single code points, from ICU's data.
public enum CharacterProperties {
    /// Unicode's general categories, numbered as ICU numbers them.
    public enum Category: Int8, Sendable {
        case unassigned, uppercaseLetter, lowercaseLetter, titlecaseLetter, modifierLetter, otherLetter
        case nonspacingMark, enclosingMark, spacingMark, decimalNumber, letterNumber, otherNumber
        case spaceSeparator, lineSeparator, paragraphSeparator, control, format, privateUse, surrogate
        case dashPunctuation, openPunctuation, closePunctuation, connectorPunctuation, otherPunctuation
        case mathSymbol, currencySymbol, modifierSymbol, otherSymbol, initialPunctuation, finalPunctuation
    }

    public static func category(of scalar: UInt32) -> Category {
        Category(rawValue: suoyin_general_category(Int32(bitPattern: scalar))) ?? .unassigned
    }

    /// Columns a terminal gives the character: 0 for what combines or is invisible, 2 for wide, 1 for the rest.
    public static func displayWidth(of scalar: UInt32) -> Int {
        if scalar < 0x300 { return scalar == 0xAD ? 0 : 1 }
        switch category(of: scalar) {
        case .nonspacingMark, .enclosingMark, .format, .control: return 0
        default: break
        }
        // 3: full width, 5: wide, as in ICU's UEastAsianWidth.
        let width = suoyin_east_asian_width(Int32(bitPattern: scalar))
        return width == 3 || width == 5 ? 2 : 1
    }
}
