/// Gives the boundaries of ``WordBreaker``, several times as fast on Chinese text.
///
/// Runs of Han characters are cut by least-cost paths through ICU's own dictionary, laid out anew in a shared table
/// (see ``ChineseDictionary``); words of letters and digits, marks and spaces by the few rules they need
/// (``BreakClasses``). Whatever else there is, kana or combining marks for instance, goes through ICU's breaker
/// together with all that it may stick to.
///
/// The table takes about a tenth of a second to build, once a process, so a breaker begins with ICU and changes over
/// after some text. Then the table is compared with ICU's breaker on built-in texts; should they differ, as they might
/// with another version of ICU, all text stays with ICU.
///
/// One breaker serves one thread.
@safe public final class FastWordBreaker {
    /// How many units in a row must be free of what is left to ICU before the fast way is taken again: a call into ICU
    /// costs as much as cutting some dozen units.
    private static let calm = 24

    private let reference: WordBreaker
    /// Keeps what ``view`` points at.
    private var tables: BreakTables?
    private var view: BreakTables.View?
    /// Units that are still to go through ICU before the tables are asked for.
    private var patience: Int
    private var path = LeastCostPath()
    private var output = UnsafeMutablePointer<Int32>.allocate(capacity: 1)
    private var capacity = 0
    private var others: [Int32] = []

    /// The units of text that ICU takes about as long for as building the table does. Whoever has as much again gains
    /// by the table, and nobody loses more than half.
    public static let patience = 1 << 19

    /// Opens ICU's breaker, which takes a millisecond.
    ///
    /// - Parameter patience: after how many UTF-16 units of text to ask for the shared table; 0 for at once.
    public init(patience: Int = FastWordBreaker.patience) throws(ICUError) {
        reference = try WordBreaker()
        self.patience = patience
    }

    /// A breaker that uses these tables, checked or not.
    init(tables: BreakTables) throws(ICUError) {
        reference = try WordBreaker()
        self.tables = tables
        view = tables.view
        patience = 0
    }

    deinit { unsafe output.deallocate() }

    /// Whether the fast way can be taken: the table could be built, and gives ICU's boundaries for all built-in texts.
    /// Asking builds it.
    public static var isAvailable: Bool { checkedTables != nil }

    /// Replaces the content of `boundaries` by the boundaries of `text`, as ``WordBreaker/boundaries(of:into:)`` does.
    ///
    /// Allocates nothing once it has seen a text of that length. O(text.count).
    public func boundaries(of text: UnsafeBufferPointer<UInt16>, into boundaries: inout [Int32]) throws(ICUError) {
        if tables == nil, patience >= 0 {
            patience -= text.count
            if patience <= 0 {
                (tables, patience) = (Self.checkedTables, -1)
                view = tables?.view
            }
        }
        guard let view, text.count <= LeastCostPath.lengthLimit, let units = text.baseAddress, text.count > 0
        else {
            return try unsafe reference.boundaries(of: text, into: &boundaries)
        }
        path.reserve(text.count)
        if capacity < text.count {
            unsafe output.deallocate()
            capacity = text.count + text.count / 2
            unsafe output = .allocate(capacity: capacity)
        }
        let found = try unsafe walk(
            Text(units: units, count: text.count, classes: view.classes), view.heads, view.entries)
        boundaries.removeAll(keepingCapacity: true)
        unsafe boundaries.append(contentsOf: UnsafeBufferPointer(start: output, count: found))
    }

    /// A text with the classes of its units.
    @safe private struct Text {
        let units: UnsafePointer<UInt16>
        let count: Int
        let classes: UnsafePointer<UInt8>

        @inline(__always)
        subscript(_ index: Int) -> UInt8 { unsafe classes[Int(units[index])] }
    }

    private typealias Class = BreakClasses.Class

    /// Cuts the text piece by piece. Between pieces there is a boundary whatever stands around them; a piece that is
    /// followed by a character left to ICU is left to ICU too.
    private func walk(
        _ text: Text, _ heads: UnsafePointer<ChineseDictionary.Entry>,
        _ entries: UnsafePointer<ChineseDictionary.Entry>
    ) throws(ICUError) -> Int {
        var found = 0
        var index = 0
        while index < text.count {
            let start = index
            let kind = text[start]
            index += 1
            switch kind {
            case Class.han.rawValue, Class.space.rawValue:
                while index < text.count, text[index] == kind { index += 1 }
            case Class.single.rawValue:
                break
            default:
                while index < text.count,
                    text[index] >= Class.letter.rawValue || text[index] == Class.loose.rawValue
                {
                    index += 1
                }
            }
            if kind == Class.other.rawValue || index < text.count && text[index] == Class.other.rawValue {
                index = endOfPiece(text, after: kind == Class.other.rawValue ? start : index)
                found = try leave(text, start..<index, found)
                continue
            }
            switch kind {
            case Class.han.rawValue:
                // SAFETY: there is room for as many boundaries as the text has units.
                found += unsafe path.cut(
                    text.units + start, count: index - start, with: entries, heads, offset: Int32(start),
                    into: output + found)
            case Class.single.rawValue, Class.space.rawValue:
                unsafe output[found] = Int32(index)
                found += 1
            default:
                found = cutWords(text, start..<index, found)
            }
        }
        return found
    }

    /// Cuts a piece of letters, digits and what stands between them.
    private func cutWords(_ text: Text, _ piece: Range<Int>, _ first: Int) -> Int {
        var found = first
        var index = piece.lowerBound
        while index < piece.upperBound {
            var last = text[index]
            index += 1
            if isWordPart(last) {
                while index < piece.upperBound {
                    let next = text[index]
                    if isWordPart(next) {
                        last = next
                        index += 1
                    } else if index + 1 < piece.upperBound, text[index + 1] == last, joins(next, last) {
                        index += 2
                    } else {
                        break
                    }
                }
            }
            unsafe output[found] = Int32(index)
            found += 1
        }
        return found
    }

    @inline(__always)
    private func isWordPart(_ kind: UInt8) -> Bool {
        kind >= Class.letter.rawValue && kind <= Class.connector.rawValue
    }

    /// Whether a mark joins two letters, or two digits.
    @inline(__always)
    private func joins(_ mark: UInt8, _ sides: UInt8) -> Bool {
        switch sides {
        case Class.letter.rawValue: mark == Class.midLetter.rawValue || mark == Class.midBoth.rawValue
        case Class.digit.rawValue: mark == Class.midNumber.rawValue || mark == Class.midBoth.rawValue
        default: false
        }
    }

    // MARK: What is left to ICU

    /// Where the piece ends that the character at `index`, left to ICU, is part of.
    private func endOfPiece(_ text: Text, after index: Int) -> Int {
        var last = index
        var end = text.count
        var next = index + 1
        while next < text.count {
            let kind = text[next]
            if kind == Class.other.rawValue {
                last = next
                end = text.count
            } else if end == text.count, isBoundary(between: text[next - 1], kind) {
                end = next
            }
            if end < text.count, next - last >= Self.calm { return end }
            next += 1
        }
        return end
    }

    /// Whether there is a boundary between characters of these classes whatever stands around them.
    private func isBoundary(between first: UInt8, _ second: UInt8) -> Bool {
        switch second {
        case Class.single.rawValue: true
        case Class.other.rawValue: false
        case Class.space.rawValue, Class.han.rawValue: first != second && first != Class.other.rawValue
        default: first == Class.han.rawValue || first == Class.single.rawValue || first == Class.space.rawValue
        }
    }

    private func leave(_ text: Text, _ piece: Range<Int>, _ first: Int) throws(ICUError) -> Int {
        try unsafe reference.boundaries(
            of: UnsafeBufferPointer(start: text.units + piece.lowerBound, count: piece.count), into: &others)
        for (index, boundary) in others.enumerated() {
            unsafe output[first + index] = boundary + Int32(piece.lowerBound)
        }
        return first + others.count
    }
}
