/// What must hold of a paragraph: leaves, joined by the operators of the query language.
indirect enum QueryExpression<Leaf> {
    case leaf(Leaf)
    /// All of the first, and none of `except`. The first is never empty.
    case every([QueryExpression], except: [QueryExpression])
    /// At least one; of none, nothing holds.
    case some([QueryExpression])

    /// The leaves that are to be found, in the order of the query: all but those after NOT.
    var leaves: [Leaf] {
        switch self {
        case .leaf(let leaf): [leaf]
        case .every(let parts, _), .some(let parts): parts.flatMap(\.leaves)
        }
    }

    /// Whether any of ``leaves`` is such.
    func hasLeaf(_ isSuch: (Leaf) -> Bool) -> Bool {
        switch self {
        case .leaf(let leaf): isSuch(leaf)
        case .every(let parts, _), .some(let parts): parts.contains { $0.hasLeaf(isSuch) }
        }
    }

    /// All leaves, those after NOT too; after what they are taken away from.
    var allLeaves: [Leaf] {
        switch self {
        case .leaf(let leaf): [leaf]
        case .every(let parts, let except): (parts + except).flatMap(\.allLeaves)
        case .some(let parts): parts.flatMap(\.allLeaves)
        }
    }

    /// Whether every leaf that is to be found stands in whatever the expression holds for: there is no OR.
    var isConjunction: Bool {
        switch self {
        case .leaf: true
        case .every(let parts, _): parts.allSatisfy(\.isConjunction)
        case .some(let parts): parts.count == 1 && parts[0].isConjunction
        }
    }

    /// What no paragraph of an answer holds: all that stands after a NOT, where there is no OR around it.
    var exceptions: [QueryExpression] {
        if case .every(let parts, let except) = self { parts.flatMap(\.exceptions) + except } else { [] }
    }

    /// The same expression over other leaves; nil when nothing to find is left of it.
    ///
    /// - Parameter body: nil for a leaf that asks for nothing, as marks alone do.
    func compactMap<Other, Failure>(_ body: (Leaf) throws(Failure) -> Other?) throws(Failure)
        -> QueryExpression<Other>?
    {
        func all(_ parts: [QueryExpression]) throws(Failure) -> [QueryExpression<Other>] {
            var kept: [QueryExpression<Other>] = []
            for part in parts { if let part = try part.compactMap(body) { kept.append(part) } }
            return kept
        }
        switch self {
        case .leaf(let leaf): return try body(leaf).map { .leaf($0) }
        case .every(let parts, let except):
            let parts = try all(parts)
            let others = try all(except)
            if parts.isEmpty { return nil }
            return parts.count == 1 && others.isEmpty ? parts[0] : .every(parts, except: others)
        case .some(let parts):
            if parts.isEmpty { return .some([]) }
            let kept = try all(parts)
            return kept.count > 1 ? .some(kept) : kept.first
        }
    }

    /// The same expression with another in place of each leaf.
    func flatMap<Other, Failure>(_ body: (Leaf) throws(Failure) -> QueryExpression<Other>) throws(Failure)
        -> QueryExpression<Other>
    {
        func all(_ parts: [QueryExpression]) throws(Failure) -> [QueryExpression<Other>] {
            var others: [QueryExpression<Other>] = []
            for part in parts { others.append(try part.flatMap(body)) }
            return others
        }
        switch self {
        case .leaf(let leaf): return try body(leaf)
        case .every(let parts, let except): return .every(try all(parts), except: try all(except))
        case .some(let parts): return .some(try all(parts))
        }
    }

    /// Whether it holds of a text, given which leaves do.
    func holds(_ isFound: (Leaf) -> Bool) -> Bool {
        switch self {
        case .leaf(let leaf): isFound(leaf)
        case .every(let parts, let except):
            parts.allSatisfy { $0.holds(isFound) } && !except.contains { $0.holds(isFound) }
        case .some(let parts): parts.contains { $0.holds(isFound) }
        }
    }

    /// The same without what stands after NOT.
    var positive: QueryExpression {
        switch self {
        case .leaf: self
        case .every(let parts, _): .every(parts.map(\.positive), except: [])
        case .some(let parts): .some(parts.map(\.positive))
        }
    }
}

extension QueryExpression: Equatable where Leaf: Equatable {}
