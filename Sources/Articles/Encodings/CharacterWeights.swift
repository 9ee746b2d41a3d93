internal import ICU

/// How much a character speaks for the bytes having been decoded in the right encoding.
///
/// A weight is ten times the logarithm of how much likelier the character is in Chinese text than in text decoded in a
/// wrong encoding, judged roughly by class. Summed over a sample they compare encodings, as in a naive Bayes
/// classifier.
@safe struct CharacterWeights: Sendable {
    /// Of a sequence that cannot be decoded.
    static let undecodable = -80
    /// Of an ASCII character where that took a choice of encoding: in UTF-16.
    static let wideASCII = 5

    /// For each code point of the basic plane.
    private let basic: [Int8]

    static let shared = CharacterWeights()

    private init() {
        var basic = [Int8](repeating: 0, count: 0x10000)
        for scalar in UInt32(0x80)..<0x10000 { basic[Int(scalar)] = Self.byClass(scalar) }
        for scalar in UInt32(0)..<0x20 where !(0x09...0x0D).contains(scalar) { basic[Int(scalar)] = -40 }
        basic[0] = -100
        basic[0x7F] = -40
        func set(_ characters: String, _ weight: Int8) {
            for scalar in characters.unicodeScalars where scalar.value > 0x7F { basic[Int(scalar.value)] = weight }
        }
        set(CommonCharacters.common, 20)
        set(CommonCharacters.traditional, 20)
        set(CommonCharacters.commonest, 27)
        set("、。《》「」『』【】〈〉，！？：；（）“”‘’…—", 25)
        set("\u{3000}·〔〕～％", 10)
        self.basic = basic
    }

    /// The weight of `scalar`.
    @inline(__always)
    func callAsFunction(_ scalar: UInt32) -> Int {
        if scalar < 0x10000 { return Int(basic[Int(scalar)]) }
        switch scalar {
        // Rare Han, and what of symbols and emoji may stand in Chinese text.
        case 0x20000...0x323AF: return -15
        case 0x1F000...0x1FAFF: return -3
        default: return -50
        }
    }

    private static func byClass(_ scalar: UInt32) -> Int8 {
        switch CharacterProperties.category(of: scalar) {
        case .unassigned, .surrogate: return -60
        case .privateUse, .control: return -50
        default: break
        }
        switch scalar {
        case 0x4E00...0x9FFF: return -12
        case 0x3400...0x4DBF, 0xF900...0xFAFF: return -30
        // Kana, bopomofo, full-width letters and digits: foreign, but no strangers.
        case 0x3040...0x30FF: return -15
        case 0x3100...0x312F: return -5
        case 0xFF00...0xFF5E: return -3
        case 0xFF61...0xFF9F: return -25
        // Tables drawn with lines.
        case 0x2500...0x257F: return -2
        // Signs, arrows, shapes, circled digits.
        case 0x2000...0x2BFF, 0x3003...0x303F, 0x3200...0x33FF: return -8
        // Letters of Europe.
        case 0x00A0...0x04FF, 0x1E00...0x1EFF: return -15
        case 0xFFFD: return -40
        case 0xFEFF: return 0
        default: return -25
        }
    }
}
