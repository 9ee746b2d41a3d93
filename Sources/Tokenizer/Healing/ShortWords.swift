/// The little English that telling a torn word from two words takes.
enum ShortWords {
    /// Whether two letters are a word, or a name that stands alone.
    static func contains(_ letters: some Sequence<UInt8>) -> Bool { short.contains(lowercased(letters)) }

    /// Whether a word is so common that a lone capital before it stands for itself: `Plan B is`.
    static func isCommon(_ letters: some Sequence<UInt8>) -> Bool {
        let word = lowercased(letters)
        return word.count <= 2 ? short.contains(word) : common.contains(word)
    }

    /// Whether words begin with these two consonants.
    static func isOnset(_ first: UInt8, _ second: UInt8) -> Bool { onsets.contains([first | 0x20, second | 0x20]) }

    /// Whether words end in these two consonants.
    static func isCoda(_ first: UInt8, _ second: UInt8) -> Bool { codas.contains([first | 0x20, second | 0x20]) }

    private static func lowercased(_ letters: some Sequence<UInt8>) -> [UInt8] { letters.map { $0 | 0x20 } }

    private static func words(_ list: String) -> Set<[UInt8]> {
        Set(list.split(separator: " ").map { Array($0.utf8) })
    }

    private static let short = words(
        """
        ad ah am an as at be by do eh ex go ha he hi id if in is it km kg mm cm ml me my no of oh ok on or ox pm so \
        to tv uh um up us vs we ye al de di du el en et la le jr sr
        """)

    private static let common = words(
        """
        and are but can did for from get got had has have her him his how its may not now off one our out see she that \
        the them then they this too two use was way were what when who why will with you your than into over also been \
        some more most very only just like level plan type class grade round share shares
        """)

    /// English, and the pinyin that stands in Chinese text.
    private static let onsets = words(
        """
        bl br ch cl cr cz dr dw fl fr gh gl gn gr hm kh kl kn kr ll lh mc mn ng nh ph pl pr ps pt qu rh sc sh sk sl sm \
        sn sp sq sr st sv sw th tr ts tw tz vl wh wr zh
        """)

    private static let codas = words("ch ck ct ft ld ll lt mp nd ng nk nt pt rd rk rn rt sh sk sm ss st th ts")
}
