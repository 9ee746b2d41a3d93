/// The text that cmark is given: the source, some of its marks replaced by control bytes, so that they are text to cmark.
///
/// Offsets stay what they are in the source, and ``restore(_:)`` puts the marks back into what cmark gives.
struct MarkdownMask {
    private(set) var text: ArraySlice<UInt8>
    /// For each of ``marks`` the byte that stands for it; nil where nothing was hidden yet.
    private var standIns: [UInt8]?
    /// Whether the source leaves no bytes to stand for marks. It is parsed as it is then.
    private(set) var isUnable = false

    /// The last is that of a footnote, so that the beginning of one can be told.
    private static let marks: [UInt8] = [
        UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: "|"), UInt8(ascii: "["),
    ]

    init(_ text: ArraySlice<UInt8>) { self.text = text }

    /// Hides the mark at `place` from cmark: one of `[`, `:` and `|`.
    mutating func hide(_ place: Int) {
        if let index = Self.marks.firstIndex(of: text[place]) { hide(place, index) }
    }

    private mutating func hide(_ place: Int, _ index: Int) {
        guard !isUnable else { return }
        if standIns == nil {
            standIns = Self.freeBytes(of: text)
            isUnable = standIns == nil
        }
        if let standIns { text[place] = standIns[index] }
    }

    /// Hides a definition. Both its marks: brackets are matched by cmark, and with the first of a pair hidden the other one
    /// may close a label that begins before it.
    mutating func hide(_ marks: MarkdownDefinitions.Marks) {
        hide(marks.bracket)
        hide(marks.colon)
    }

    mutating func hide(_ footnote: MarkdownDefinitions.Footnote) {
        hide(footnote.marks.bracket, Self.marks.count - 1)
        hide(footnote.marks.colon)
    }

    /// Where lines of `text`, which is not restored yet, begin with a hidden footnote; its first line aside.
    func footnotes(in text: [UInt8]) -> [Int] {
        guard let mark = standIns?.last else { return [] }
        return text.indices.dropFirst().filter { text[$0] == mark && text[$0 - 1] == 0x0A }
    }

    /// Blanks out the mark at `place` for good.
    mutating func blank(_ place: Int) { text[place] = 0x20 }

    /// Makes the three dashes from `place` on three asterisks: a rule under any text.
    mutating func makeRule(_ place: Int) {
        for index in place..<place + 3 { text[index] = UInt8(ascii: "*") }
    }

    /// Puts back what was hidden.
    func restore(_ text: inout [UInt8]) {
        guard let standIns else { return }
        for index in text.indices where text[index] < 0x20 {
            if let mark = standIns.firstIndex(of: text[index]) { text[index] = Self.marks[mark] }
        }
    }

    /// Control bytes that mean nothing to cmark and that `text` can give in no way: neither itself nor as a character
    /// reference.
    private static func freeBytes(of text: ArraySlice<UInt8>) -> [UInt8]? {
        var isUsed = Array(repeating: false, count: 0x20)
        for (index, byte) in zip(text.indices, text) {
            if byte < 0x20 {
                isUsed[Int(byte)] = true
            } else if byte == UInt8(ascii: "&"), let value = numericReference(text[(index + 1)...]), value < 0x20 {
                isUsed[value] = true
            }
        }
        let free = (Array(0x01...0x06) + Array(0x0E...0x1A)).filter { !isUsed[$0] }
        return free.count < marks.count ? nil : free.prefix(marks.count).map { UInt8($0) }
    }

    /// The number that a character reference names, or would with a semicolon; `text` begins behind its `&`.
    private static func numericReference(_ text: ArraySlice<UInt8>) -> Int? {
        guard text.first == UInt8(ascii: "#") else { return nil }
        let isHex = text.dropFirst().first.map { $0 | 0x20 } == UInt8(ascii: "x")
        let digits = text.dropFirst(isHex ? 2 : 1).prefix(8)
        return Int(String(decoding: digits.prefix { isDigit($0, isHex) }, as: UTF8.self), radix: isHex ? 16 : 10)
    }

    private static func isDigit(_ byte: UInt8, _ isHex: Bool) -> Bool {
        (0x30...0x39).contains(byte) || isHex && (0x61...0x66).contains(byte | 0x20)
    }
}
