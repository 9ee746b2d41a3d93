internal import CICU

/// The Han words of ICU's dictionary for Chinese and Japanese with their costs, laid out once for speed.
///
/// A double array (Aoe, "An efficient digital search algorithm by using a double-array structure", 1989): the words
/// that go on from a node stand at the node's base plus the code of the next character, and whatever stands there says
/// whose it is, so that a step costs one load and one comparison. Words of one character are a table of their own,
/// since every character of a text begins a path.
///
/// Immutable and shared by all threads; about 7 MB.
@safe final class ChineseDictionary: Sendable {
    /// Its name among ICU's dictionaries.
    static let name = "cjdict"
    /// What a single character costs that is no word.
    static let unknownCost: UInt32 = 255
    /// Units that ICU looks ahead for the end of a word. The longest of Han in ICU 72 has 12.
    static let wordLimit = 20
    /// The characters that ``heads`` has room for: radicals, then all Han of the Basic Multilingual Plane but
    /// compatibility characters, with kana and marks between them.
    static let characters: ClosedRange<UInt16> = 0x2E80...0x9FFF

    /// For each of ``characters``, an ``Entry`` whose owner is the character's code: 0 when it only begins words.
    let heads: [Entry]
    /// The double array. Wherever a base may lead there is an entry.
    let entries: [Entry]

    /// A node of the trie.
    struct Entry {
        static let noCost: UInt32 = 0x3FF

        /// The base of the node it goes on from; 0 in a free place.
        var owner: UInt32
        /// The base of its own, 0 when no word goes on from here, above the ten bits of the cost.
        private var link: UInt32

        init(owner: UInt32, base: UInt32, cost: UInt32) {
            self.owner = owner
            link = base << 10 | cost
        }

        static var free: Self { .init(owner: 0, base: 0, cost: noCost) }

        /// Bases have 22 bits.
        static let baseLimit = 1 << 22

        @inline(__always) var base: UInt32 { link >> 10 }
        /// What the word that ends here costs; ``noCost`` when none does.
        @inline(__always) var cost: UInt32 { link & 0x3FF }
    }

    /// Lays the words out. O(words), tens of milliseconds.
    ///
    /// - Returns: nil when there are more than bases have room for.
    init?(_ words: DictionaryWords) {
        guard let layout = DoubleArrayBuilder.build(words) else { return nil }
        heads = layout.heads
        entries = layout.entries
    }

    /// Whether least-cost paths through the table may cross this character.
    static func covers(_ unit: UInt16) -> Bool {
        characters.contains(unit) && suoyin_is_inert_han(Int32(unit)) != 0
    }
}
