internal import ICU

/// How Han characters are read in Mandarin, by ICU's `Han-Latin`: one reading a character, the commonest.
///
/// Opened when first asked: few texts have anything to ask, and ICU takes some time to open it.
final class HanReadings {
    private var transliterator: Transliterator?
    private var known: [UInt32: [UInt32]] = [:]

    /// The letters of a character's reading, without tone, ü as u; empty when it has none.
    func letters(of scalar: UInt32) -> [UInt32] {
        if let letters = known[scalar] { return letters }
        var letters: [UInt32] = []
        if transliterator == nil { transliterator = try? Transliterator("Han-Latin") }
        if let transliterator, let character = Unicode.Scalar(scalar),
            let reading = try? transliterator(String(Character(character)))
        {
            letters = reading.unicodeScalars.map { PinyinGloss.withoutTone($0.value) }
            if !letters.allSatisfy({ (0x61...0x7A).contains($0) }) { letters = [] }
        }
        known[scalar] = letters
        return letters
    }
}
