/// How many letters two words differ by.
enum EditDistance {
    /// Letters inserted, deleted, replaced, or exchanged with their neighbour, that make one word of the other: the distance of
    /// Damerau and Levenshtein in its restricted form (optimal string alignment). Nil when more than `limit`.
    ///
    /// - Complexity: O(one.count × limit).
    static func between(_ one: [UInt8], _ other: [UInt8], limit: Int) -> Int? {
        guard abs(one.count - other.count) <= limit else { return nil }
        let never = limit + 1
        var beforeLast: [Int] = []
        var last = (0...other.count).map { min($0, never) }
        for row in 1...max(1, one.count) where row <= one.count {
            var current = [Int](repeating: never, count: other.count + 1)
            current[0] = min(row, never)
            for column in max(1, row - limit)..<min(other.count, row + limit) + 1 {
                let isSame = one[row - 1] == other[column - 1]
                var least = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, one[row - 1] == other[column - 2], one[row - 2] == other[column - 1] {
                    least = min(least, beforeLast[column - 2] + 1)
                }
                current[column] = min(least, never)
            }
            if !current.contains(where: { $0 < never }) { return nil }
            beforeLast = last
            last = current
        }
        return last[other.count] <= limit ? last[other.count] : nil
    }
}
