internal import Bytes
internal import InvertedIndex

/// A paragraph of the index with its score.
public struct RankedParagraph: Sendable {
    public var segment: Int
    /// Ordinal in the segment.
    public var ordinal: Int
    public var score: Float
}

/// Picks the best of many paragraphs, in order: score, then the bytes of the article's id, then its place.
enum TopHits {
    /// - Parameter limit: how many; 0 for all.
    /// - Complexity: O(found · log limit), and one look at an id for each of a group of equal scores.
    static func select(_ found: [RankedParagraph], limit: Int, segments: [SegmentReader]) throws(FormatError)
        -> [RankedParagraph]
    {
        var best = found
        if limit > 0, found.count > limit {
            let threshold = kthScore(found, limit)
            best = found.filter { $0.score >= threshold }
        }
        best.sort { $0.score > $1.score }
        var start = 0
        while start < best.count {
            var end = start + 1
            while end < best.count, best[end].score == best[start].score { end += 1 }
            if end - start > 1, limit == 0 || start < limit { try orderTies(&best[start..<end], segments) }
            start = end
        }
        return limit > 0 && best.count > limit ? Array(best[..<limit]) : best
    }

    /// The score of place `limit`, by a heap of the best so far with the least at its root.
    private static func kthScore(_ found: [RankedParagraph], _ limit: Int) -> Float {
        var heap: [Float] = found[..<limit].map(\.score)
        heap.sort()
        for candidate in found[limit...] where candidate.score > heap[0] {
            var hole = 0
            while true {
                var child = 2 * hole + 1
                guard child < limit else { break }
                if child + 1 < limit, heap[child + 1] < heap[child] { child += 1 }
                guard heap[child] < candidate.score else { break }
                heap[hole] = heap[child]
                hole = child
            }
            heap[hole] = candidate.score
        }
        return heap[0]
    }

    private static func orderTies(_ ties: inout ArraySlice<RankedParagraph>, _ segments: [SegmentReader])
        throws(FormatError)
    {
        var keyed: [(id: [UInt8], number: Int, hit: RankedParagraph)] = []
        keyed.reserveCapacity(ties.count)
        for hit in ties {
            let articles = segments[hit.segment].articles
            let article = try articles.article(ofParagraph: hit.ordinal)
            let number = hit.ordinal - (try articles.paragraphs(ofArticle: article).lowerBound)
            keyed.append((try articles.record(article).id, number, hit))
        }
        keyed.sort { left, right in
            if left.id != right.id { return left.id.lexicographicallyPrecedes(right.id) }
            // Two articles of one id, from two files, may lie anywhere.
            return (left.number, left.hit.segment, left.hit.ordinal)
                < (right.number, right.hit.segment, right.hit.ordinal)
        }
        for (index, entry) in zip(ties.indices, keyed) { ties[index] = entry.hit }
    }
}
