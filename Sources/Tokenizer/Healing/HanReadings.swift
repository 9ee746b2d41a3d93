internal import ICU

/// How Han characters are read in Mandarin: one reading a character, the commonest, as ICU's `Han-Latin` has it.
///
/// ICU takes some 150 ms to open that, and a search whose hits have anything to ask (汉字(hanzi), and as likely
/// 索尼(sony)) would take ten times as long. So it is asked for rare characters alone, and the readings of the others are those
/// of ``PinyinTable``, which are the same.
final class HanReadings {
    private var transliterator: Transliterator?
    private var known: [UInt32: [UInt32]] = [:]

    /// The letters of a character's reading, without tone, ü as u; empty when it has none.
    func letters(of scalar: UInt32) -> [UInt32] {
        if let letters = known[scalar] { return letters }
        let letters =
            if PinyinTable.range.contains(scalar) {
                PinyinTable.commonestReading(of: scalar).map { $0 == 0x76 ? 0x75 : UInt32($0) }  // v, u
            } else { lettersOfICU(of: scalar) }
        known[scalar] = letters
        return letters
    }

    private func lettersOfICU(of scalar: UInt32) -> [UInt32] {
        if transliterator == nil { transliterator = try? Transliterator("Han-Latin") }
        guard let transliterator, let character = Unicode.Scalar(scalar),
            let reading = try? transliterator(String(Character(character)))
        else { return [] }
        let letters = reading.unicodeScalars.map { PinyinGloss.withoutTone($0.value) }
        return letters.allSatisfy { (0x61...0x7A).contains($0) } ? letters : []
    }
}
