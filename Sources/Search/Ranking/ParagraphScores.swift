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
        for article in titles.holders {
            let frequency = RankingWeights.title * titles.frequency(ofArticle: Int(article))
            for ordinal in try titles.articles.paragraphs(ofArticle: Int(article)) {
                values[ordinal] +=
                    weight * model.share(frequency: frequency, length: try lengths.length(of: ordinal))
            }
        }
    }

    /// Gives every paragraph that holds the term its share, less what its title was given already.
    mutating func addBodies(_ cursor: PostingsCursor, titles: TitleFrequencies, weight: Float, model: BM25)
        throws(FormatError)
    {
        let lengths = titles.articles.paragraphLengths
        guard !titles.isEmpty else { return try addAll(cursor, lengths: lengths, weight: weight, model: model) }
        var walk = TitleWalk(titles)
        while try cursor.next() != PostingsCursor.noMoreDocuments {
            let ordinal = Int(cursor.document)
            let length = try lengths.length(of: ordinal)
            let title = try walk.frequency(at: ordinal) * RankingWeights.title
            let both = model.share(frequency: Float(cursor.frequency) + title, length: length)
            add(weight * (both - model.share(frequency: title, length: length)), to: ordinal)
        }
    }

    /// The same where no title holds the term: the loop that ranking spends its time in.
    private mutating func addAll(_ cursor: PostingsCursor, lengths: LengthTable, weight: Float, model: BM25)
        throws(FormatError)
    {
        precondition(lengths.count == values.count)
        try unsafe values.withUnsafeMutableBufferPointer { (values) throws(FormatError) in
            try unsafe matched.withUnsafeMutableBufferPointer { (matched) throws(FormatError) in
                try unsafe lengths.withUnsafeBytes { (lengths) throws(FormatError) in
                    try unsafe cursor.forEachBlock { documents, frequencies in
                        // SAFETY: the cursor keeps documents below the segment's count, which all arrays have.
                        for index in documents.indices {
                            let document = unsafe Int(documents[index])
                            let length = unsafe Int(
                                lengths.loadUnaligned(fromByteOffset: document &* 2, as: UInt16.self).littleEndian)
                            let share = unsafe model.share(frequency: Float(frequencies[index]), length: length)
                            unsafe values[document] += weight * share
                            unsafe matched[document &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: document & 63)
                        }
                    }
                }
            }
        }
    }
}
