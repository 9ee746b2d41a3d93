import Model
import TestSupport
import Tokenizer

@testable import Search

/// A random query with operators, and what a scan says of it.
indirect enum RandomQuery {
    /// As written, and whether it is found in a reading.
    case leaf(String, ([String]) -> Bool)
    /// All, less what is after NOT.
    case every([RandomQuery], except: [RandomQuery])
    case some([RandomQuery])

    /// The query's text, with parentheses around every part that has an operator: without one they would be text.
    var text: String {
        switch self {
        case .leaf(let text, _): text
        case .every(let parts, let except) where parts.count == 1 && except.isEmpty: parts[0].text
        case .every(let parts, let except):
            "(" + (parts.map(\.text) + except.map { "NOT " + $0.text }).joined(separator: " AND ") + ")"
        case .some(let parts): "(" + parts.map(\.text).joined(separator: " OR ") + ")"
        }
    }

    /// The leaves as written, those after NOT left out.
    var leaves: [String] {
        switch self {
        case .leaf(let text, _): [text]
        case .every(let parts, _), .some(let parts): parts.flatMap(\.leaves)
        }
    }

    /// Whether it holds of a text, whose readings are given. Each leaf is looked for in each reading.
    func holds(_ readings: [[String]]) -> Bool {
        switch self {
        case .leaf(_, let isFound): readings.contains(where: isFound)
        case .every(let parts, let except):
            parts.allSatisfy { $0.holds(readings) } && !except.contains { $0.holds(readings) }
        case .some(let parts): parts.contains { $0.holds(readings) }
        }
    }

    static func tree(
        _ depth: Int, _ generator: inout SplitMix64, leaf: (inout SplitMix64) throws -> RandomQuery
    ) rethrows -> RandomQuery {
        func parts(_ count: Int) throws -> [RandomQuery] {
            try (0..<count).map { _ in try tree(depth - 1, &generator, leaf: leaf) }
        }
        if depth == 0 || generator.once(in: 4) { return try leaf(&generator) }
        if generator.once(in: 2) { return .some(try parts(2 + generator.below(2))) }
        return .every(try parts(1 + generator.below(3)), except: try parts(generator.below(2)))
    }
}

extension Oracle {
    /// Whether a word of `row` begins with the last of `wanted`, with the others before it.
    static func hasPrefix(_ wanted: [String], in row: [String]) -> Bool {
        guard let last = wanted.last, row.count >= wanted.count else { return false }
        return row.indices.dropFirst(wanted.count - 1).contains { end in
            Array(row[end + 1 - wanted.count..<end]) == wanted.dropLast()
                && row[end].unicodeScalars.starts(with: last.unicodeScalars)
        }
    }

    /// Whether two rows stand in a third with at most so many units between them, marks not counted.
    static func isNear(_ first: [String], _ second: [String], _ distance: Int, in row: [String]) -> Bool {
        for one in places(of: first, in: row) {
            for other in places(of: second, in: row) {
                let gap =
                    one < other ? (one + first.count, other) : (other + second.count, one)
                if gap.0 <= gap.1, row[gap.0..<gap.1].count(where: { $0 != "|" }) <= distance { return true }
            }
        }
        return false
    }

    /// The live paragraphs, as "id#number", of which something holds.
    func places(in articles: [TextArticle], heals: Bool = true, _ holds: ([[String]]) -> Bool) throws -> Set<String>
    {
        var found: Set<String> = []
        for article in articles {
            for (index, text) in article.paragraphs.enumerated() {
                if holds(try readings(text, heals: heals).map(Self.row)) {
                    found.insert("\(article.id)#\(index + 1)")
                }
            }
        }
        return found
    }
}
