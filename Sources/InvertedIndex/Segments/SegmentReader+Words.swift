public import Bytes
public import Model

extension SegmentReader {
    /// A word of the dictionary.
    public struct Word: Sendable {
        /// UTF-8.
        public var word: [UInt8]
        public var entry: TermEntry
    }

    /// The words (terms of kind ``TermKind/word``) of a field that begin with `prefix`, ascending by bytes.
    ///
    /// - Parameter limit: how many to return at most.
    /// - Complexity: O(log terms + words returned), and one block of the dictionary.
    public func words(withPrefix prefix: [UInt8], field: Field, limit: Int) throws(FormatError) -> [Word] {
        let first = TermKey(field: field, kind: .word, word: prefix).bytes
        let iterator = TermIterator(dictionary)
        var words: [Word] = []
        var isOn = try iterator.seek(first)
        while isOn, words.count < limit, iterator.key.starts(with: first) {
            words.append(Word(word: Array(iterator.key.dropFirst()), entry: try iterator.entry()))
            isOn = try iterator.next()
        }
        return words
    }
}
