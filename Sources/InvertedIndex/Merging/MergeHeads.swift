internal import Bytes
internal import Model

/// The next terms of the segments being merged, one iterator a segment, and the postings of those that are the same.
struct MergeHeads {
    /// In the order of the inputs, without those at their end.
    private var heads: [(terms: TermIterator, input: MergeInput)] = []
    /// The first of the heads whose term comes before, or is, every other's.
    private var least = 0

    /// Begins at each segment's first term that is not before `key`; empty for the very first.
    init(_ inputs: [MergeInput], from key: [UInt8] = []) throws(FormatError) {
        for input in inputs {
            let terms = TermIterator(input.reader.dictionary)
            if try terms.seek(key) { heads.append((terms, input)) }
        }
        findLeast()
    }

    /// The next key; nil when there are no more.
    var key: [UInt8]? { heads.isEmpty ? nil : heads[least].terms.key }

    /// Appends the live postings of the next term, of all segments that hold it, and moves on.
    mutating func read(into list: inout PostingList, with decoder: inout PostingsDecoder) throws(FormatError) {
        var room = 0
        for index in heads.indices.dropFirst(least) where heads[index].terms.key == heads[least].terms.key {
            room += try heads[index].terms.documentCount()
        }
        // A long list that grew by and by would hold up to twice as much.
        if room >= 1 << 16 { list.reserve(room) }
        try advance { (terms, input) throws(FormatError) in
            guard let first = terms.key.first, let field = TermKey.field(first: first) else {
                throw terms.error(.valueOutOfRange)
            }
            try decoder.append(
                try terms.entry(), in: input.reader.dictionary.files,
                documentLimit: input.reader.documentLimit(field),
                stepLimit: input.reader.positionLimit,
                renumberedBy: field.isOfArticles ? input.articles : input.paragraphs, to: &list)
        }
    }

    /// Passes over the next term.
    mutating func skip() throws(FormatError) { try advance { _, _ in } }

    /// The error for the next term, should it break a rule.
    func error(_ rule: FormatError.Rule) -> FormatError { heads[least].terms.error(rule) }

    /// Calls `body` with the segments that hold the next term, in their order and so in that of documents, and moves them
    /// on.
    private mutating func advance(_ body: (TermIterator, MergeInput) throws(FormatError) -> Void)
        throws(FormatError)
    {
        let key = heads[least].terms.key
        var hasEnded = false
        for index in heads.indices.dropFirst(least) where heads[index].terms.key == key {
            try body(heads[index].terms, heads[index].input)
            if try !heads[index].terms.next() { hasEnded = true }
        }
        if hasEnded { heads.removeAll { $0.terms.hasEnded } }
        findLeast()
    }

    private mutating func findLeast() {
        least = 0
        for index in heads.indices.dropFirst() {
            let (fence, other) = (heads[index].terms.fence, heads[least].terms.fence)
            if fence < other
                || fence == other && heads[index].terms.key.lexicographicallyPrecedes(heads[least].terms.key)
            {
                least = index
            }
        }
    }
}
