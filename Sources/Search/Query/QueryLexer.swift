internal import Model

/// A part of a query's text, before it is known how the parts belong together.
struct QueryToken: Equatable {
    enum Kind: Equatable {
        case text(QueryText)
        case word(QueryOperator)
        case open
        case close
    }

    var kind: Kind
    /// Its first character, from 1.
    var place: Int

    var isOperator: Bool { if case .word = kind { true } else { false } }
}

/// Cuts a query into tokens. See <doc:Queries> for the rules.
struct QueryLexer {
    /// How much of the text has a meaning of its own.
    enum Syntax {
        /// Nothing: keywords apart by white space.
        case plain
        /// Quotation marks.
        case quotes
        /// Quotation marks, operators and parentheses.
        case operators
    }

    private let scalars: [Unicode.Scalar]
    private let syntax: Syntax
    /// For each parenthesis that opens, the one that closes it before any white space; where operators are known.
    private let closings: [Int: Int]
    private var index = 0
    /// Parentheses that opened a group and are to be closed.
    private var depth = 0
    private(set) var tokens: [QueryToken] = []

    init(_ scalars: [Unicode.Scalar], _ syntax: Syntax) {
        self.scalars = scalars
        self.syntax = syntax
        closings = syntax == .operators ? Self.closings(scalars) : [:]
    }

    /// Reads to the end.
    ///
    /// - Throws: for what cannot be cut; ``tokens`` are then those before it.
    mutating func run() throws(QueryError) {
        while index < scalars.count {
            let place = index + 1
            if isSpace(index) {
                index += 1
            } else if scalars[index] == "\"", syntax != .plain {
                add(.text(try quotation()), place)
            } else if scalars[index] == "(", opensGroup {
                depth += 1
                index += 1
                add(.open, place)
            } else if scalars[index] == ")", depth > 0 {
                depth -= 1
                index += 1
                add(.close, place)
            } else if let word = operatorWord() {
                index += word.rawValue.unicodeScalars.count
                add(.word(word), place)
            } else {
                let start = index
                index = keywordEnd
                add(.text(keyword(start..<index)), place)
            }
        }
    }

    private mutating func add(_ kind: QueryToken.Kind, _ place: Int) {
        tokens.append(QueryToken(kind: kind, place: place))
    }

    private func isSpace(_ index: Int) -> Bool { WhiteSpace.contains(scalars[index].value) }

    /// Whether a token ends before `index`.
    private func isBoundary(_ index: Int) -> Bool {
        index >= scalars.count || isSpace(index) || scalars[index] == ")" && depth > 0
    }

    private func text(_ range: Range<Int>) -> String {
        // One by one, since to append all at once builds another string first.
        var text = String()
        text.reserveCapacity(3 * range.count)
        for index in range { text.unicodeScalars.append(scalars[index]) }
        return text
    }

    /// A keyword that is not quoted: what is written, or with `py:` before letters what is read so.
    private func keyword(_ range: Range<Int>) -> QueryText {
        let keyword = Keyword(text: text(range), isQuoted: false)
        let mark = range.prefix(3)
        guard syntax != .plain, range.count > 3, scalars[mark.upperBound - 1] == ":",
            text(mark).lowercased() == "py:",
            scalars[mark.upperBound].properties.isAlphabetic
        else { return QueryText(keyword) }
        return QueryText(
            pinyin: text(mark.upperBound..<range.upperBound), keyword: keyword, place: range.lowerBound + 1)
    }

    // MARK: Quotations

    private mutating func quotation() throws(QueryError) -> QueryText {
        let start = index
        guard let close = scalars[(start + 1)...].firstIndex(of: "\"") else { throw .unclosedQuote(at: start + 1) }
        let whole = Keyword(text: text(start + 1..<close), isQuoted: true)
        index = close + 1
        guard let digits = distanceDigits() else { return QueryText(whole) }
        let parts = scalars[start + 1..<close].split { WhiteSpace.contains($0.value) }
        guard parts.count == 2 else { throw .notAPair(at: start + 1) }
        // What is too long for a number is out of range as well.
        guard let distance = Int(text(digits)), distance <= QueryLimits.distance else {
            throw .distanceOutOfRange(at: digits.lowerBound + 1)
        }
        index = digits.upperBound
        let keywords = parts.map { Keyword(text: text($0.indices), isQuoted: true) }
        return QueryText(keywords: keywords, distance: distance, place: start + 1)
    }

    /// The digits of `~N` right after a quotation. Everything else that begins with `~` is text.
    private func distanceDigits() -> Range<Int>? {
        guard index < scalars.count, scalars[index] == "~" else { return nil }
        let end = scalars[(index + 1)...].firstIndex { !("0"..."9").contains($0) } ?? scalars.count
        return end > index + 1 && isBoundary(end) ? index + 1..<end : nil
    }

    // MARK: Operators

    /// Whether the parenthesis here opens a group. One that closes within its keyword, before more of it, as in
    /// (2024)15号, is text.
    private var opensGroup: Bool {
        guard syntax == .operators else { return false }
        guard let close = closings[index] else { return true }
        return close + 1 >= scalars.count || isSpace(close + 1) || scalars[close + 1] == ")"
    }

    /// The operator here: a word between white space and parentheses.
    private func operatorWord() -> QueryOperator? {
        guard syntax == .operators else { return nil }
        return [.and, .or, .not].first { (word: QueryOperator) in
            let letters = word.rawValue.unicodeScalars
            let end = index + letters.count
            guard scalars[index...].starts(with: letters) else { return false }
            return isBoundary(end) || scalars[end] == "("
        }
    }

    /// Where the keyword here ends: at white space, or at a parenthesis that closes a group and not one of its own.
    private var keywordEnd: Int {
        var own = 0
        var end = index
        while end < scalars.count, !isSpace(end) {
            if depth > 0, scalars[end] == "(" { own += 1 }
            if depth > 0, scalars[end] == ")" {
                if own == 0 { break }
                own -= 1
            }
            end += 1
        }
        return end
    }

    /// O(query): the pairs of parentheses without white space or a quotation mark between them.
    private static func closings(_ scalars: [Unicode.Scalar]) -> [Int: Int] {
        var closings: [Int: Int] = [:]
        var open: [Int] = []
        for (index, scalar) in scalars.enumerated() {
            if scalar == "(" {
                open.append(index)
            } else if scalar == ")", let start = open.popLast() {
                closings[start] = index
            } else if scalar == "\"" || WhiteSpace.contains(scalar.value) {
                open.removeAll(keepingCapacity: true)
            }
        }
        return closings
    }
}
