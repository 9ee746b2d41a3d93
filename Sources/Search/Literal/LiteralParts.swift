internal import Bytes
internal import InvertedIndex
internal import Model

/// What covers a sequence of units, looked up in the fields that are to be searched, all at once. A class, since both readings
/// are searched by it.
final class LiteralParts {
    /// What covers some of the units. Terms go by their numbers, offsets are those of the first unit.
    enum Part {
        case term(Int, offset: Int?)
        /// Any of the words that begin so.
        case words(letters: [UInt16], offset: Int)
        /// All of a run of Han characters, one beginning at each but the last.
        case bigrams(Range<Int>, offset: Int)
    }

    let literal: Literal
    let finder: TermFinder
    private(set) var parts: [Part] = []
    /// What is known of each term.
    private(set) var found: [FoundTerm] = []
    /// Whether terms leave something of the sequence open.
    private(set) var isOpen = false
    /// Fields in which some text is long enough.
    private let fields: [Field]

    /// Units from which on a sequence is compared with the longest text: most are far shorter.
    private static let longSequence = 1000

    /// - Parameter fields: to search.
    init(_ literal: Literal, in fields: [Field], finder: TermFinder) throws(SearchError) {
        self.literal = literal
        self.finder = finder
        let units = literal.sequence.units
        do throws(FormatError) {
            var possible = fields
            if units.count > Self.longSequence {
                possible = []
                for field in fields where try Self.mayHold(units.count, field, finder.segments) {
                    possible.append(field)
                }
            }
            self.fields = possible
            if !possible.isEmpty { found = try finder.find(cut(units), in: possible) }
        } catch {
            throw .format(error)
        }
    }

    /// Whether a text of the field may be as long as the sequence.
    func isPossible(in field: Field) -> Bool { fields.contains(field) }

    /// Whether any text is so long. Of healed texts no length is kept: they are shorter than the plain ones, and twice as much is
    /// allowed for.
    private static func mayHold(_ count: Int, _ field: Field, _ segments: [SegmentReader]) throws(FormatError)
        -> Bool
    {
        for segment in segments {
            let lengths = field == .title ? segment.articles.titleLengths : segment.articles.paragraphLengths
            guard let bound = try lengths.bound() else { return true }
            if count <= 2 * bound { return true }
        }
        return false
    }

    /// Cuts a sequence into parts; gives the keys of their terms.
    private func cut(_ units: [UnitSequence.Unit]) -> [TermKey] {
        var keys: [TermKey] = []
        keys.reserveCapacity(units.count)
        var index = 0
        while index < units.count {
            switch units[index] {
            case .barrier:
                isOpen = true
                index += 1
            case .word(let word):
                parts.append(.term(keys.count, offset: index))
                let bytes = String(decoding: word, as: UTF16.self).utf8
                keys.append(TermKey(field: .body, kind: .word, word: bytes))
                index += 1
            case .prefix(let letters):
                parts.append(.words(letters: letters, offset: index))
                index += 1
            case .han(let first):
                let start = index
                let firstKey = keys.count
                var before = UInt64(first)
                index += 1
                while index < units.count, case .han(let scalar) = units[index] {
                    let pair = before << TermBlock.scalarBits | UInt64(scalar)
                    keys.append(TermKey(field: .body, kind: .bigram, integer: pair))
                    before = UInt64(scalar)
                    index += 1
                }
                if index - start > 1 {
                    parts.append(.bigrams(firstKey..<keys.count, offset: start))
                } else {
                    parts.append(.term(firstKey, offset: nil))
                    keys.append(TermKey(field: .body, kind: .character, integer: before))
                    isOpen = isOpen || units.count > 1
                }
            }
        }
        return keys
    }
}
