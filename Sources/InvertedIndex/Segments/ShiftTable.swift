internal import Bytes
public import Model

/// How far the articles of a segment have moved in their files since the segment was written.
///
/// Kept as runs of articles with one shift: an article added at the end of a file moves none, one edited line moves
/// all that follow it alike.
///
/// ```
/// table    runs varint | for each: first article, from that of the run before, varint
///          bytes, zigzag varint | lines, zigzag varint
/// ```
/// Articles before the first run have not moved.
public struct ShiftTable: Equatable, Sendable {
    private struct Run: Equatable {
        var first: Int
        var shift: SourceShift
    }

    private var runs: [Run] = []
    /// What no file's size comes near; a shift beyond it is damage.
    private static let limit = 1 << 60

    init() {}

    public var isEmpty: Bool { runs.isEmpty }

    /// How far an article has moved. O(log runs).
    public func shift(of article: Int) -> SourceShift {
        var low = 0
        var high = runs.count
        while low < high {
            let middle = (low + high) / 2
            if runs[middle].first <= article { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? .none : runs[low - 1].shift
    }

    /// Sets the shifts of stretches of articles.
    ///
    /// - Parameters:
    ///   - stretches: ascending, and apart.
    ///   - articleCount: articles in the segment.
    /// - Complexity: O(runs + stretches), times the logarithm.
    mutating func set(_ stretches: [(articles: Range<Int>, shift: SourceShift)], articleCount: Int) {
        guard !stretches.isEmpty else { return }
        let bounds = stretches.flatMap { [$0.articles.lowerBound, $0.articles.upperBound] }
        var changed: [Run] = []
        var next = 0
        for first in (runs.map(\.first) + bounds).sorted() where first < articleCount {
            while next < stretches.count, stretches[next].articles.upperBound <= first { next += 1 }
            let isWithin = next < stretches.count && stretches[next].articles.contains(first)
            let shift = isWithin ? stretches[next].shift : shift(of: first)
            if shift != changed.last?.shift ?? .none { changed.append(Run(first: first, shift: shift)) }
        }
        runs = changed
    }

    func encode(into writer: inout ByteWriter) {
        writer.varint(runs.count)
        var previous = 0
        for run in runs {
            writer.varint(run.first - previous)
            writer.varint(Zigzag.encode(run.shift.bytes))
            writer.varint(Zigzag.encode(run.shift.lines))
            previous = run.first
        }
    }

    init(_ cursor: inout ByteCursor, articleCount: Int) throws(FormatError) {
        let count = try cursor.varint(atMost: articleCount)
        var first = 0
        for _ in 0..<count {
            let step = try cursor.varint(atMost: articleCount)
            guard step > 0 || runs.isEmpty, first + step < articleCount else { throw cursor.error(.keysOutOfOrder) }
            first += step
            let bytes = Zigzag.decode(try cursor.varint())
            let lines = Zigzag.decode(try cursor.varint())
            guard bytes.magnitude < Self.limit, lines.magnitude < Self.limit else {
                throw cursor.error(.valueOutOfRange)
            }
            runs.append(Run(first: first, shift: SourceShift(bytes: bytes, lines: lines)))
        }
    }
}
