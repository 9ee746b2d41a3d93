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
    /// Terms that together cover every unit, for the least work; one that no segment has where some term of the sequence is such.
    let chosen: [Term]
    /// Paragraphs of the rarest term, chosen or not: what the sequence's own count is estimated by.
    let documentCount: Int
    /// Whether the index leaves something open that the stored text must settle.
    let needsText: Bool

    /// - Parameters:
    ///   - parts: of the literal, looked up in the field.
    ///   - field: that is searched.
    init(_ parts: LiteralParts, field: Field) throws(SearchError) {
        literal = parts.literal
        let segments = parts.finder.segments
        self.segments = segments
        self.field = field
        let entries = parts.found.map { $0[field] ?? parts.finder.absent }
        // Words that begin alike may share paragraphs.
        var rarest = segments.reduce(0) { $0 + $1.documentLimit(field) }
        if !parts.isPossible(in: field) { rarest = 0 }
        for entries in entries { rarest = min(rarest, entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }) }
        if rarest == 0 {
            // No segment holds it, as most keywords are not among what was healed: this is in place of cursors for its terms.
            chosen = [Term(entries: parts.finder.absent)]
            (documentCount, needsText) = (0, false)
            return
        }
        var chosen: [Term] = []
        for part in parts.parts {
            switch part {
            case .term(let number, let offset):
                chosen.append(Term(offset: offset.map { UInt32($0) }, entries: entries[number]))
            case .words(let letters, let offset):
                chosen.append(try Self.words(letters, offset: offset, field, segments))
            case .bigrams(let numbers, let offset):
                let bigrams = numbers.map {
                    Term(offset: UInt32(offset + $0 - numbers.lowerBound), entries: entries[$0])
                }
                chosen += Self.cheapestCover(bigrams, rarest: rarest)
            }
        }
        self.chosen = chosen
        documentCount = chosen.reduce(rarest) { min($0, $1.documentCount) }
        needsText = parts.isOpen || literal.narrowed != nil
    }

    /// The term that stands for all words that begin with `letters`.
    private static func words(_ letters: [UInt16], offset: Int, _ field: Field, _ segments: [SegmentReader])
        throws(SearchError) -> Term
    {
        let prefix = String(decoding: letters, as: UTF16.self)
        var distinct: Set<[UInt8]> = []
        var words: [[TermEntry]] = []
        for segment in segments {
            let found = try SearchError.format { () throws(FormatError) in
                try segment.words(withPrefix: Array(prefix.utf8), field: field, limit: QueryLimits.expansions + 1)
            }
            distinct.formUnion(found.map(\.word))
            if distinct.count > QueryLimits.expansions { throw .query(.tooManyWords(prefix: prefix)) }
            words.append(found.map(\.entry))
        }
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
