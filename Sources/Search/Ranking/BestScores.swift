/// The greatest of the scores that were added: a heap with the least of them at its root.
struct BestScores<Score: Comparable> {
    /// How many are kept.
    private let limit: Int
    private var heap: [Score] = []

    init(limit: Int) { self.limit = limit }

    /// The least of the best, once there are as many as are kept; nil before.
    var least: Score? { heap.count == limit ? heap.first : nil }

    /// Takes a score. O(log limit), and for most of many one comparison.
    mutating func add(_ score: Score) {
        if heap.count < limit {
            push(score)
        } else if limit > 0, score > heap[0] {
            replaceRoot(score)
        }
    }

    private mutating func push(_ score: Score) {
        heap.append(score)
        var place = heap.count - 1
        while place > 0, heap[(place - 1) / 2] > score {
            heap[place] = heap[(place - 1) / 2]
            place = (place - 1) / 2
        }
        heap[place] = score
    }

    private mutating func replaceRoot(_ score: Score) {
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
}
