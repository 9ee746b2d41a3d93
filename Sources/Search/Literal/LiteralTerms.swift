internal import Bytes
internal import InvertedIndex
internal import Model

/// The terms through which a sequence of units is found, looked up in every segment.
struct LiteralTerms {
    struct Term {
        /// Where the term stands in the sequence; nil where no positions are kept.
        var offset: UInt32?
        /// One a segment; nil where the segment lacks the term.
        var entries: [TermEntry?]
        /// For the beginning of a word, the terms of all words that begin so in place of ``entries``; one list a segment.
        var words: [[TermEntry]]?

        /// Paragraphs of the whole index that hold it; for the beginning of a word, no fewer than that.
        var documentCount: Int {
            if let words { return words.joined().reduce(0) { $0 + $1.documentCount } }
            return entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
        }
    }

    let literal: Literal
    let segments: [SegmentReader]
    /// The reading that is searched: ``Field/body``, the plain one, or ``Field/healed``.
    let field: Field
    /// Terms that together cover every unit, for the least work.
    let chosen: [Term]
    /// Paragraphs of the rarest term, chosen or not: what the sequence's own count is estimated by.
    let documentCount: Int
    /// Whether the index leaves something open that the stored text must settle.
    let needsText: Bool

    /// Units from which on a sequence is compared with the longest text: most are far shorter.
    private static let longSequence = 1000

    init(_ literal: Literal, field: Field, finder: TermFinder) throws(SearchError) {
        self.literal = literal
        segments = finder.segments
        self.field = field
        let count = literal.sequence.units.count
        if count > Self.longSequence, try !Self.mayHold(count, field, segments) {
            // In place of a cursor for each of its terms.
            chosen = [Term(entries: segments.map { _ in nil })]
            (documentCount, needsText) = (0, false)
            return
        }
        let (wanted, isOpen) = Self.parts(of: literal.sequence.units)
        let keys = wanted.flatMap(\.keys)
        let found = try SearchError.format { () throws(FormatError) in try finder.find(keys, in: field) }
        let counts = found.map { $0.reduce(0) { $0 + ($1?.documentCount ?? 0) } }
        // Words that begin alike may share paragraphs.
        var rarest = segments.reduce(0) { $0 + $1.info.paragraphCount }
        for count in counts { rarest = min(rarest, count) }
        var next = 0
        func term(offset: Int?) -> Term {
            defer { next += 1 }
            return Term(offset: offset.map { UInt32($0) }, entries: found[next])
        }
        var chosen: [Term] = []
        for part in wanted {
            switch part {
            case .term(_, let offset): chosen.append(term(offset: offset))
            case .words(let letters, let offset):
                // One term that no segment has settles it; few of a keyword's terms are in the healed field.
                chosen.append(try Self.words(letters, offset: offset, field, segments, isAbsent: rarest == 0))
            case .bigrams(let keys, let offset):
                chosen += Self.cheapestCover(keys.indices.map { term(offset: offset + $0) }, rarest: rarest)
            }
        }
        self.chosen = chosen
        documentCount = chosen.reduce(rarest) { min($0, $1.documentCount) }
        needsText = isOpen || literal.narrowed != nil
    }

    /// Whether any text is so long. Of healed texts no length is kept: they are shorter than the plain ones, and twice as much is
    /// allowed for.
    private static func mayHold(_ count: Int, _ field: Field, _ segments: [SegmentReader]) throws(SearchError)
        -> Bool
    {
        try SearchError.format { () throws(FormatError) in
            for segment in segments {
                let lengths = field == .title ? segment.articles.titleLengths : segment.articles.paragraphLengths
                guard let bound = try lengths.bound() else { return true }
                if count <= 2 * bound { return true }
            }
            return false
        }
    }

    /// What covers some units of a sequence, with the offset of its beginning.
    private enum Part {
        case term(TermKey, offset: Int?)
        /// Any of the words that begin so.
        case words(letters: [UInt16], offset: Int)
        /// All of a run of Han characters, one beginning at each but the last.
        case bigrams([TermKey], offset: Int)

        /// Terms to look up.
        var keys: [TermKey] {
            switch self {
            case .term(let key, _): [key]
            case .words: []
            case .bigrams(let keys, _): keys
            }
        }
    }

    /// The parts of a sequence, and whether terms leave something of it open.
    private static func parts(of units: [UnitSequence.Unit]) -> (parts: [Part], isOpen: Bool) {
        var parts: [Part] = []
        var isOpen = false
        var index = 0
        while index < units.count {
            switch units[index] {
            case .barrier:
                isOpen = true
                index += 1
            case .word(let word):
                let bytes = Array(String(decoding: word, as: UTF16.self).utf8)
                parts.append(.term(TermKey(field: .body, kind: .word, word: bytes), offset: index))
                index += 1
            case .prefix(let letters):
                parts.append(.words(letters: letters, offset: index))
                index += 1
            case .han:
                var scalars: [UInt64] = []
                for case .han(let scalar) in units[index...].prefix(while: \.isHan) {
                    scalars.append(UInt64(scalar))
                }
                if scalars.count == 1 {
                    let key = TermKey(field: .body, kind: .character, integer: scalars[0])
                    parts.append(.term(key, offset: nil))
                    isOpen = isOpen || units.count > 1
                } else {
                    let keys = zip(scalars, scalars.dropFirst()).map {
                        TermKey(field: .body, kind: .bigram, integer: $0 << TermBlock.scalarBits | $1)
                    }
                    parts.append(.bigrams(keys, offset: index))
                }
                index += scalars.count
            }
        }
        return (parts, isOpen)
    }

    /// The term that stands for all words that begin with `letters`.
    ///
    /// - Parameter isAbsent: whether another term of the sequence is in no segment, so that words need not be looked for.
    private static func words(
        _ letters: [UInt16], offset: Int, _ field: Field, _ segments: [SegmentReader], isAbsent: Bool
    ) throws(SearchError) -> Term {
        let prefix = String(decoding: letters, as: UTF16.self)
        var distinct: Set<[UInt8]> = []
        var words: [[TermEntry]] = []
        for segment in isAbsent ? [] : segments {
            let found = try SearchError.format { () throws(FormatError) in
                try segment.words(withPrefix: Array(prefix.utf8), field: field, limit: QueryLimits.expansions + 1)
            }
            distinct.formUnion(found.map(\.word))
            if distinct.count > QueryLimits.expansions { throw .query(.tooManyWords(prefix: prefix)) }
            words.append(found.map(\.entry))
        }
        if isAbsent { words = Array(repeating: [], count: segments.count) }
        return Term(offset: UInt32(offset), entries: Array(repeating: nil, count: segments.count), words: words)
    }

    /// Picks, from the bigrams of a run of Han characters, those that cover each of its characters for the least work.
    ///
    /// The rarest term of all leads, and what another costs is to be sought in for each of its paragraphs, or, if that is
    /// less, to be read from end to end. Dynamic programming over the last bigram taken, O(bigrams).
    ///
    /// - Parameter rarest: paragraphs of the rarest term.
    private static func cheapestCover(_ bigrams: [Term], rarest: Int) -> [Term] {
        let counts = bigrams.map(\.documentCount)
        let costs = counts.map { min($0, seekCost * rarest) }
        let last = bigrams.count - 1
        // best[i]: least cost of a cover of everything up to bigram i's end that takes bigram i.
        var best = costs
        var previous = [Int?](repeating: nil, count: bigrams.count)
        for index in bigrams.indices.dropFirst() {
            // The one before, or the one before that, must be taken; the first always is.
            let before = index >= 2 && best[index - 2] <= best[index - 1] ? index - 2 : index - 1
            previous[index] = before
            best[index] += best[before]
        }
        var chosen: [Int] = []
        var index: Int? = last
        while let taken = index {
            chosen.append(taken)
            index = previous[taken]
        }
        chosen.reverse()
        // Where what covers the run is far more frequent than one that it can do without, that one leads all the same.
        let least = chosen.map { counts[$0] }.min() ?? 0
        if let rarer = counts.firstIndex(of: rarest), leadWorth * (rarest + leadCost) < least {
            chosen.insert(rarer, at: chosen.firstIndex { $0 > rarer } ?? chosen.count)
        }
        return chosen.map { bigrams[$0] }
    }

    /// How many postings are read in the time that one is sought.
    private static let seekCost = 32
    /// A term that is not needed leads where it is so many times rarer, and what it takes to open it, in paragraphs.
    private static let leadWorth = 2
    private static let leadCost = 8
}
