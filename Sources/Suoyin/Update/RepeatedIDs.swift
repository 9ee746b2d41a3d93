internal import Model

/// What is told of ids of one file that are given again, there or in another file: the first few one by one, the others in sum,
/// since a file that was copied repeats all of its ids.
struct RepeatedIDs {
    /// Reported one by one, of each kind.
    private static let limit = 3

    private var lines = 0
    private var shared: [Path: Int] = [:]

    /// Counts a line whose id was given on an earlier one; whether to report it by itself.
    mutating func notesLine() -> Bool {
        lines += 1
        return lines <= Self.limit
    }

    /// Counts an id that another file has, too; whether to report it by itself.
    mutating func notes(idSharedWith other: Path) -> Bool {
        shared[other, default: 0] += 1
        return shared[other, default: 0] <= Self.limit
    }

    /// What was counted and not reported.
    ///
    /// - Parameter path: the file's.
    func rest(of path: Path) -> [IndexingProblem] {
        var rest: [IndexingProblem] = []
        if lines > Self.limit { rest.append(.moreDuplicateIDs(path, lines: lines - Self.limit)) }
        for (other, ids) in shared.sorted(by: { $0.key < $1.key }) where ids > Self.limit {
            rest.append(.moreSharedIDs(path, other, ids: ids - Self.limit))
        }
        return rest
    }
}
