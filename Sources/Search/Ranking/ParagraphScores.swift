internal import Bytes
internal import InvertedIndex

/// One score a paragraph of a segment.
struct ParagraphScores {
    private(set) var values: [Float]
    /// One bit a paragraph, set where its own text holds any of the terms.
    private var matched: [UInt64]

    init(count: Int) {
        values = [Float](repeating: 0, count: count)
        matched = [UInt64](repeating: 0, count: (count + 63) / 64)
    }

    /// Adds to a paragraph whose own text matches.
    mutating func add(_ score: Float, to ordinal: Int) {
        values[ordinal] += score
        matched[ordinal / 64] |= 1 << UInt64(ordinal % 64)
    }

    func isMatched(_ ordinal: Int) -> Bool { matched[ordinal / 64] >> UInt64(ordinal % 64) & 1 == 1 }

    /// Gives every paragraph under a title that holds the term the title's share.
    mutating func addTitles(_ titles: TitleFrequencies, weight: Float, model: BM25) throws(FormatError) {
        let lengths = titles.articles.paragraphLengths
        for ordinal in titles.holders.joined() {
            let length = try lengths.length(of: ordinal)
            values[ordinal] += weight * model.share(frequency: titles.weighted[ordinal], length: length)
        }
    }

    /// Gives every paragraph whose healed reading holds the term more often than its plain one what that adds. A
    /// paragraph counts by the reading that has more, never by both.
    mutating func addHealed(
        _ healed: PostingsCursor, plain: PostingsCursor?, titles: TitleFrequencies, weight: Float, model: BM25
    ) throws(FormatError) {
        let lengths = titles.articles.paragraphLengths
        while try healed.next() != PostingsCursor.noMoreDocuments {
            let document = healed.document
            let ordinal = Int(document)
            let isPlain = try plain?.seek(document) == document
            let counted = isPlain ? plain?.frequency ?? 0 : 0
            guard healed.frequency > counted else { continue }
            let length = try lengths.length(of: ordinal)
            let title = titles.weighted(ordinal)
            let before = Float(counted) + title
            let share = model.share(frequency: Float(healed.frequency) + title, length: length)
            add(weight * (share - (before > 0 ? model.share(frequency: before, length: length) : 0)), to: ordinal)
        }
    }

    /// Gives every paragraph that holds the term its share, less what its title was given already. The loop that
    /// ranking spends its time in.
    mutating func addBodies(_ cursor: PostingsCursor, titles: TitleFrequencies, weight: Float, model: BM25)
        throws(FormatError)
    {
        let lengths = titles.articles.paragraphLengths
        let hasTitles = !titles.holders.isEmpty
        precondition(lengths.count == values.count && (!hasTitles || titles.weighted.count == values.count))
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            try unsafe matched.withUnsafeMutableBufferPointer { (matched) throws(FormatError) in
                try unsafe titles.weighted.withUnsafeBufferPointer { (titles) throws(FormatError) in
                    try unsafe lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                        let norms = model.norms
                        try unsafe cursor.forEachBlock { documents, frequencies in
                            // SAFETY: the cursor keeps documents below the segment's count, which all arrays have.
                            for index in documents.indices {
                                let document = unsafe Int(documents[index])
                                let norm = norms[unsafe Int(lengths[document])]
                                let frequency = unsafe Float(frequencies[index])
                                let title = hasTitles ? unsafe titles[document] : 0
                                var share = (frequency + title) / (frequency + title + norm)
                                if title > 0 { share -= title / (title + norm) }
                                unsafe values[document] += weight * share
                                unsafe matched[document &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: document & 63)
                            }
                        }
                    }
                }
            }
        }
    }
}
