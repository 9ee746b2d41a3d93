internal import Bytes
internal import InvertedIndex
internal import Model

/// Scores articles by their titles alone: what a title adds to paragraphs that match literally.
///
/// BM25 over titles as documents, without regard to their length, which tells little.
struct TitleScorer {
    private let segments: [SegmentReader]
    /// The terms that stand in any title: what each is worth, and one entry a segment.
    private var terms: [(weight: Float, entries: [TermEntry?])] = []

    /// - Parameter fields: which each segment has.
    init(_ terms: [QueryPlan.ScoredTerm], fields: [Set<Field>], segments: [SegmentReader]) throws(FormatError) {
        self.segments = segments
        guard fields.contains(where: { $0.contains(.title) }) else { return }
        let articles = segments.reduce(0) { $0 + $1.info.articleCount }
        // Single characters say little beside the words they make up.
        let telling = terms.filter { $0.kind != .character }
        let keys = telling.map { $0.key(.title) }
        var found: [[TermEntry?]] = []
        for segment in segments { found.append(try segment.find(keys)) }
        for (index, term) in telling.enumerated() {
            let entries = found.map { $0[index] }
            let documents = entries.reduce(0) { $0 + ($1?.documentCount ?? 0) }
            guard documents > 0 else { continue }
            self.terms.append((term.weight * BM25.inverseFrequency(documents: documents, of: articles), entries))
        }
    }

    /// Whether no title has any of the terms.
    var isEmpty: Bool { terms.isEmpty }

    /// No article earns more.
    var most: Float { terms.reduce(0) { $0 + $1.weight } }

    /// Adds to each of `found`, ascending and all of one segment, what its article's title is worth.
    func addScores(segment: Int, to found: inout [RankedParagraph]) throws(FormatError) {
        guard !found.isEmpty, !terms.isEmpty else { return }
        let reader = segments[segment]
        var owners: [UInt32] = []
        for term in terms {
            guard let entry = term.entries[segment] else { continue }
            let cursor = try reader.cursor(entry, field: .title)
            func score() -> Float {
                let frequency = Float(cursor.frequency)
                return term.weight * frequency / (frequency + RankingWeights.k1)
            }
            // To find the article of a paragraph takes as long as to walk some titles.
            if entry.documentCount < 4 * found.count {
                var next = 0
                while try cursor.next() != PostingsCursor.noMoreDocuments {
                    let paragraphs = try reader.articles.paragraphs(ofArticle: Int(cursor.document))
                    next = found.firstIndex(from: next) { $0.ordinal >= paragraphs.lowerBound }
                    while next < found.count, found[next].ordinal < paragraphs.upperBound {
                        found[next].score += score()
                        next += 1
                    }
                }
            } else {
                if owners.isEmpty {
                    for hit in found {
                        owners.append(UInt32(try reader.articles.article(ofParagraph: hit.ordinal)))
                    }
                }
                for index in found.indices where try cursor.seek(owners[index]) == owners[index] {
                    found[index].score += score()
                }
            }
        }
    }
}

extension [RankedParagraph] {
    /// The first index from `start` on at which `condition` holds, as it does at all behind that; the end when there is none.
    ///
    /// - Complexity: O(log of the steps).
    fileprivate func firstIndex(from start: Int, where condition: (RankedParagraph) -> Bool) -> Int {
        var low = start
        var step = 1
        while low + step <= count, !condition(self[low + step - 1]) {
            low += step
            step *= 2
        }
        var high = Swift.min(count, low + step - 1)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
