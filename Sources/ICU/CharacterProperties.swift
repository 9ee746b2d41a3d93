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

    /// Whether Unicode says to ignore the character where it cannot be shown: zero-width and soft-hyphen characters.
    public static func isIgnorable(_ scalar: UInt32) -> Bool {
        suoyin_is_default_ignorable(Int32(bitPattern: scalar)) != 0
    }
}
