/// Lays the words of a dictionary out as a double array (see ``ChineseDictionary``).
///
/// First characters with many continuations are placed first, while there is room to choose from. For each node the
/// first base is taken that is nobody else's and leads to free places only; the search goes on where the last one for
/// a node of about that size ended, so that each place is looked at a few times only.
struct DoubleArrayBuilder {
    typealias Entry = ChineseDictionary.Entry

    private let words: DictionaryWords
    /// Codes of characters that stand after the first in words: 1 for the commonest, so that what is used often lies
    /// together. 0 for others.
    private var codes: [UInt32]
    private var codeLimit = 1
    private var heads: [Entry] = []
    private var entries: [Entry] = []
    private var isBase: [Bool] = []
    /// For each class of sizes, where to begin looking for a place.
    private var hints = [Int](repeating: 1, count: 6)

    /// Words that begin alike, up to `depth` units, the shortest left out.
    private struct Node {
        var words: Range<Int>
        var depth: Int
        /// Where its entry stands: a head by its character, or an element of the array.
        var place: Int
        var children: Int
    }

    static func build(_ words: DictionaryWords) -> (heads: [Entry], entries: [Entry])? {
        var builder = DoubleArrayBuilder(words)
        return builder.build() ? (builder.heads, builder.entries) : nil
    }

    private init(_ words: DictionaryWords) {
        self.words = words
        let first = ChineseDictionary.characters.lowerBound
        var occurrences = [Int](repeating: 0, count: ChineseDictionary.characters.count)
        for word in 0..<words.count {
            for depth in 1..<max(1, words.length(of: word)) {
                occurrences[Int(words.unit(of: word, at: depth) - first)] += 1
            }
        }
        codes = [UInt32](repeating: 0, count: occurrences.count)
        let used = occurrences.indices.filter { occurrences[$0] > 0 }
        for index in used.sorted(by: { (occurrences[$0], $1) > (occurrences[$1], $0) }) {
            codes[index] = UInt32(codeLimit)
            codeLimit += 1
        }
    }

    private mutating func build() -> Bool {
        heads = codes.map { Entry(owner: $0, base: 0, cost: ChineseDictionary.unknownCost) }
        grow(to: words.units.count)
        var nodes: [Node] = []
        var start = 0
        while start < words.count {
            let head = Int(words.unit(of: start, at: 0) - ChineseDictionary.characters.lowerBound)
            let (cost, node) = child(from: start, to: words.count, depth: 0, place: head)
            if let cost { heads[head] = Entry(owner: heads[head].owner, base: 0, cost: cost) }
            if let node { nodes.append(node) }
            start = end(of: start, to: words.count, depth: 0)
        }
        var isFirst = true
        while !nodes.isEmpty {
            var deeper: [Node] = []
            // Below the first characters nearly all nodes are small, and their words better read in order.
            if isFirst { nodes.sort { ($0.children, $1.place) > ($1.children, $0.place) } }
            for node in nodes where !lay(node, atHead: isFirst, &deeper) { return false }
            nodes = deeper
            isFirst = false
        }
        // A base leads to codes below the limit, whether words go on with them or not.
        let last = entries.lastIndex { $0.owner != 0 } ?? 0
        entries.removeSubrange((last + 1)...)
        entries += [Entry](repeating: .free, count: codeLimit + 1)
        return true
    }

    /// Where the words end that have the same unit at `depth` as `start`.
    private func end(of start: Int, to limit: Int, depth: Int) -> Int {
        let unit = words.unit(of: start, at: depth)
        var end = start + 1
        while end < limit, words.unit(of: end, at: depth) == unit { end += 1 }
        return end
    }

    /// What stands at `place`, reached by the unit of `start` at `depth`: the cost of the word that ends there, and the
    /// node of those that go on.
    private func child(from start: Int, to limit: Int, depth: Int, place: Int) -> (cost: UInt32?, node: Node?) {
        let end = end(of: start, to: limit, depth: depth)
        let isWord = words.length(of: start) == depth + 1
        let cost = isWord ? words.costs[start] : nil
        let first = isWord ? start + 1 : start
        guard first < end else { return (cost, nil) }
        var children = 0
        var next = first
        while next < end {
            children += 1
            next = self.end(of: next, to: end, depth: depth + 1)
        }
        return (cost, Node(words: first..<end, depth: depth + 1, place: place, children: children))
    }

    /// Chooses the base of `node` and puts its children in place.
    private mutating func lay(_ node: Node, atHead: Bool, _ deeper: inout [Node]) -> Bool {
        var children: [(code: Int, word: Int)] = []
        children.reserveCapacity(node.children)
        var start = node.words.lowerBound
        while start < node.words.upperBound {
            let unit = words.unit(of: start, at: node.depth) - ChineseDictionary.characters.lowerBound
            children.append((Int(codes[Int(unit)]), start))
            start = end(of: start, to: node.words.upperBound, depth: node.depth)
        }
        let base = findBase(of: children)
        guard base < Entry.baseLimit else { return false }
        isBase[base] = true
        if atHead {
            let entry = heads[node.place]
            heads[node.place] = Entry(owner: entry.owner, base: UInt32(base), cost: entry.cost)
        } else {
            let entry = entries[node.place]
            entries[node.place] = Entry(owner: entry.owner, base: UInt32(base), cost: entry.cost)
        }
        for child in children {
            let place = base + child.code
            let (cost, next) = self.child(
                from: child.word, to: node.words.upperBound, depth: node.depth, place: place)
            entries[place] = Entry(owner: UInt32(base), base: 0, cost: cost ?? Entry.noCost)
            if let next { deeper.append(next) }
        }
        return true
    }

    private mutating func findBase(of children: [(code: Int, word: Int)]) -> Int {
        let sizeClass = min(hints.count - 1, Int.bitWidth - children.count.leadingZeroBitCount - 1)
        var base = hints[sizeClass]
        while true {
            grow(to: base + codeLimit)
            if !isBase[base], children.allSatisfy({ entries[base + $0.code].owner == 0 }) { break }
            base += 1
        }
        hints[sizeClass] = base
        return base
    }

    private mutating func grow(to count: Int) {
        guard entries.count <= count else { return }
        let missing = count + count / 8 + 1 - entries.count
        entries += [Entry](repeating: .free, count: missing)
        isBase += [Bool](repeating: false, count: missing)
    }
}
