/// Recognises text whose lines were cut at a fixed width, and tells which line ends are only that.
///
/// A line is *full* when the first word of the next would not have fitted on it: its width and that word's exceed the
/// width of the text, but for a few columns that rules against marks at line starts take. In text cut at a width most
/// lines that another follows are full, most full lines end in the middle of a sentence, and sentences end in the middle
/// of lines, or at least clauses do, and paragraphs with a mark. In text of one paragraph a line neither is so; verse has
/// short lines; lists of names or headlines hold no ends of sentences, even if all are of one length.
///
/// Never joined are lines that begin an item of a list or a turn of a dialogue (``ItemMark``), lines in columns, and text
/// whose lines begin alike, as those of logs do.
struct HardWrap {
    /// A line that is not blank.
    struct Line {
        /// Its text, trimmed.
        var range: Range<Int>
        /// Whether it follows the line before without a blank one between.
        var followsLine = false
        /// Columns it takes, white space in front included; a Han character takes two.
        var width = 0
        /// Columns of white space in front.
        var indent = 0
        /// Columns of its first word, or of its first Han character.
        var firstWord = 0
        /// Whether its last character ends a sentence or clause.
        var endsClause = false
        /// Ends of sentences that more follows on the line.
        var innerSentences = 0
        /// Ends of other clauses that more follows on the line.
        var innerClauses = 0
        /// Whether a tab or three columns of white space stand inside it.
        var hasColumns = false
        /// What its beginning says.
        var mark = ItemMark.none
        /// Its first three characters, 21 bits each.
        var start: UInt64 = 0
    }

    /// Widths that text is cut at, in columns.
    private static let widths = 36...160
    /// Columns that a line may stay short, or stand out, for other reasons than the next word.
    private static let slack = 4
    /// Of the lines that another follows, the share that is full where text is cut at a width.
    private static let fullShare = 0.5
    /// The same of text that a program has laid out in lines: its paragraphs follow one another without blank lines, and
    /// table cells and captions stand among them.
    private static let laidOutShare = 0.15
    /// Lines below which nothing is recognised.
    private static let fewestLines = 5
    /// Of so many lines that another follows, one may be wider than the text: an address, a header.
    private static let linesAWideOne = 8
    /// Of so many lines that another follows, one may begin like the line before by chance.
    private static let linesALikeOne = 4
    /// Of so many lines that another follows, one begins with a name and a colon in a dialogue.
    private static let linesATurn = 3
    /// To so many line ends that are none of a paragraph's, there is an end of a sentence inside a line; or one of a
    /// clause to fewer, and most paragraphs end with a mark.
    private static let breaksASentence = 8
    private static let breaksAClause = 3

    /// For each line, whether it goes on in the next.
    private(set) var continues: [Bool]

    /// O(lines × log(lines)).
    ///
    /// - Parameters:
    ///   - lines: the lines that are not blank, in order, from ``measure(_:line:trimmed:)``.
    ///   - isLaidOut: whether the lines are known to be those of pages. Otherwise they may be what someone wrote.
    init(_ lines: [Line], isLaidOut: Bool = false) {
        continues = [Bool](repeating: false, count: lines.count)
        guard lines.count >= Self.fewestLines, let width = Self.width(of: lines) else { return }
        let commonIndent = lines.reduce(Int.max) { min($0, $1.indent) }
        let pairs = zip(lines, lines.dropFirst()).lazy.filter { $1.followsLine }
        let count = pairs.reduce(0) { sum, _ in sum + 1 }
        let alike = pairs.reduce(0) { $0 + ($1.0.start == $1.1.start ? 1 : 0) }
        let turns = pairs.reduce(0) { $0 + ($1.1.mark == .turn ? 1 : 0) }
        guard alike * Self.linesALikeOne <= count else { return }
        let hasTurns = turns * Self.linesATurn >= count

        var followed = 0
        var full = 0
        var clauses = 0
        for (index, next) in zip(lines.indices, lines.dropFirst()) where next.followsLine {
            // A line that begins further in begins a paragraph.
            guard next.indent <= commonIndent, next.mark != .item, !(hasTurns && next.mark == .turn) else {
                continue
            }
            let line = lines[index]
            let isTooWide = max(line.width, next.width) > width + Self.slack
            guard !isTooWide, !line.hasColumns, !next.hasColumns else { continue }
            followed += 1
            guard line.width + next.firstWord + Self.slack > width else { continue }
            full += 1
            if line.endsClause { clauses += 1 }
            continues[index] = true
        }
        let share = isLaidOut ? Self.laidOutShare : Self.fullShare
        let isWrapped =
            full >= Self.fewestLines - 2 && Double(full) >= share * Double(followed) && clauses * 2 <= full
            && isProse(lines, breaks: full)
        if !isWrapped { continues = [Bool](repeating: false, count: lines.count) }
    }

    /// Whether what would be joined has marks where sentences have them: inside lines, and at the ends of paragraphs.
    private func isProse(_ lines: [Line], breaks: Int) -> Bool {
        var sentences = 0
        var clauses = 0
        var paragraphs = 0
        var closed = 0
        for (index, line) in lines.enumerated() {
            let isContinued = index > 0 && continues[index - 1]
            guard continues[index] || isContinued else { continue }
            sentences += line.innerSentences
            clauses += line.innerClauses
            if !continues[index] {
                paragraphs += 1
                if line.endsClause { closed += 1 }
            }
        }
        return sentences * Self.breaksASentence >= breaks
            || (sentences + clauses) * Self.breaksAClause >= breaks && closed * 2 > paragraphs
    }

    /// That of the widest line, but for a few that stand out; nil when text is not cut at such a width.
    private static func width(of lines: [Line]) -> Int? {
        var widths = zip(lines, lines.dropFirst()).filter { $1.followsLine }.map(\.0.width)
        widths.sort(by: >)
        guard let widest = widths.first else { return nil }
        let usual = widths[widths.count / linesAWideOne]
        let width = widest > usual + slack ? usual : widest
        return Self.widths.contains(width) ? width : nil
    }
}
