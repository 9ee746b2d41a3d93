internal import Bytes
internal import InvertedIndex

/// A paragraph of the index with its score.
public struct RankedParagraph: Sendable {
    public var segment: Int
    /// Ordinal in the segment.
    public var ordinal: Int
    public var score: Float
}

/// Takes paragraphs as they are found and keeps the best, in order: score, then the bytes of the article's id, then
/// its place.
struct TopHits {
    /// How many are wanted; 0 for all.
    private let limit: Int
    /// How many were found.
    private(set) var count = 0
    /// Those that may be among the best: all whose score was not below the worst of the best when they came.
    private var candidates: [RankedParagraph] = []
    /// The best scores so far, `limit` at most: a heap with the least at its root.
    private var heap: [Float] = []

    init(limit: Int) { self.limit = limit }

    /// Takes a paragraph. O(log limit), and for most of many paragraphs one comparison.
    mutating func add(_ found: RankedParagraph) {
        count += 1
        if limit > 0 {
            if heap.count < limit {
                push(found.score)
            } else if found.score > heap[0] {
                replaceRoot(found.score)
            } else if found.score < heap[0] {
                return
            }
        }
        candidates.append(found)
    }

    /// The best, in order. Looks at the ids of those with equal scores only.
    func ranked(_ snapshot: IndexSnapshot) throws(FormatError) -> [RankedParagraph] {
        var best = candidates
        if limit > 0, count > limit {
            let threshold = heap[0]
            best.removeAll { $0.score < threshold }
        }
        best.sort { $0.score > $1.score }
        var start = 0
        while start < best.count {
            var end = start + 1
            while end < best.count, best[end].score == best[start].score { end += 1 }
            if end - start > 1, limit == 0 || start < limit { try Self.orderTies(&best[start..<end], snapshot) }
            start = end
        }
        return limit > 0 && best.count > limit ? Array(best[..<limit]) : best
    }

    private mutating func push(_ score: Float) {
        heap.append(score)
        var place = heap.count - 1
        while place > 0, heap[(place - 1) / 2] > score {
            heap[place] = heap[(place - 1) / 2]
            place = (place - 1) / 2
        }
        heap[place] = score
    }

    private mutating func replaceRoot(_ score: Float) {
        var hole = 0
        while true {
            var child = 2 * hole + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < score else { break }
            heap[hole] = heap[child]
            hole = child
        }
        heap[hole] = score
    }

    private static func orderTies(_ ties: inout ArraySlice<RankedParagraph>, _ snapshot: IndexSnapshot)
        throws(FormatError)
    {
        var keyed: [(id: [UInt8], number: Int, hit: RankedParagraph)] = []
        keyed.reserveCapacity(ties.count)
        for hit in ties {
            let articles = snapshot.segments[hit.segment].articles
            let article = try articles.article(ofParagraph: hit.ordinal)
            let number = hit.ordinal - (try articles.paragraphs(ofArticle: article).lowerBound)
            keyed.append((try snapshot.articleID(article, ofSegment: hit.segment), number, hit))
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
