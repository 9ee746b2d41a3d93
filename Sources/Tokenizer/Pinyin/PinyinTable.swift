internal import Model

/// Which Han characters a syllable of pinyin is written with, tones aside, and how a character is read.
///
/// ICU's reading of each character that folding leaves as it is (`Han-Latin` gives one, the commonest), its readings of those that
/// fold to one that is read otherwise, and the project's own list of characters that are read in other ways too. ICU
/// takes two seconds to say as much at run time, so the table is a constant of the program; it is opened when first
/// asked for.
///
/// Syllables are in lower case, without tones, with ü as `v` after l and n and as `u` where pinyin writes it so.
public struct PinyinTable: Sendable {
    public static let shared = PinyinTable()
    /// Characters whose readings it has.
    static let range: ClosedRange<UInt32> = 0x4E00...0x9FFF

    /// Every syllable, ascending.
    public let syllables: [String]
    private let readings: [UInt32: [Int]]
    private let characters: [[UInt32]]

    /// The number of a syllable in ``syllables``; nil when no character is read so.
    public func number(of syllable: String) -> Int? {
        var low = 0
        var high = syllables.count
        while low < high {
            let middle = (low + high) / 2
            if syllables[middle] == syllable { return middle }
            if syllables[middle] < syllable { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The characters that are read so, in no order that matters.
    public func characters(of syllable: Int) -> [UInt32] { characters[syllable] }

    /// How a folded character is read, its commonest reading first; empty when that is not known.
    public func readings(of scalar: UInt32) -> [Int] { readings[scalar] ?? [] }

    /// The syllable that ICU reads a character of ``range`` as, folded or not; none where ICU has no reading.
    ///
    /// Reads the table where it is, without opening all of it. O(table), of 50 KB.
    static func commonestReading(of scalar: UInt32) -> [UInt8] {
        syllable(of: scalar, in: variants)
            ?? syllable(of: VariantTable.fold(scalar, at: .full), in: first) ?? []
    }

    /// The syllable before a character of three bytes in a text of syllables, each with its characters behind; nil where it is not
    /// there.
    private static func syllable(of scalar: UInt32, in text: StaticString) -> [UInt8]? {
        let bytes = unsafe UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
        var syllable = 0..<0
        var index = 0
        while index < bytes.count {
            let (found, length) = unsafe UTF8Decoder.scalar(bytes, at: index)
            if found == scalar { return unsafe Array(bytes[syllable]) }
            if length == 1 {
                syllable = syllable.upperBound == index ? syllable.lowerBound..<index + 1 : index..<index + 1
            }
            index += length
        }
        return nil
    }

    private init() {
        var words: [String: [UInt32]] = [:]
        var order: [UInt32: [String]] = [:]
        func add(_ character: UInt32, _ syllable: String) {
            guard order[character]?.contains(syllable) != true else { return }
            order[character, default: []].append(syllable)
            words[syllable, default: []].append(character)
        }
        // A syllable, then the characters that are read so.
        var syllable = ""
        for token in Self.tokens(of: Self.first) {
            switch token {
            case .syllable(let text): syllable = text
            case .character(let character): add(character, syllable)
            }
        }
        // A character, then the syllables that it is read as.
        var character: UInt32 = 0
        for token in Self.tokens(of: Self.others) {
            switch token {
            case .syllable(let text): add(character, text)
            case .character(let next): character = next
            }
        }
        syllables = words.keys.sorted()
        characters = syllables.map { words[$0]! }
        let numbers = Dictionary(uniqueKeysWithValues: zip(syllables, 0...))
        readings = order.mapValues { $0.map { numbers[$0]! } }
    }

    private enum Token {
        case syllable(String)
        case character(UInt32)
    }

    /// The runs of Latin letters and the other characters of a text, without spaces.
    private static func tokens(of text: StaticString) -> [Token] {
        var tokens: [Token] = []
        var syllable = ""
        for scalar in text.description.unicodeScalars {
            if (0x61...0x7A).contains(scalar.value) {
                syllable.unicodeScalars.append(scalar)
                continue
            }
            if !syllable.isEmpty { tokens.append(.syllable(syllable)) }
            syllable = ""
            if scalar != " " { tokens.append(.character(scalar.value)) }
        }
        return syllable.isEmpty ? tokens : tokens + [.syllable(syllable)]
    }
}
