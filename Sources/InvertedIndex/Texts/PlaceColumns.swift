internal import Bytes
internal import Model

/// How the places of a frame's paragraphs are coded: a column for each thing that is known of them, so that each has
/// an order of exponential Golomb code of its own. What can be expected takes one bit.
///
/// ```
/// columns  lengths of the texts (only where these do not tell) | start in the file, zigzag from the end of the
///          paragraph before | bytes in the file, zigzag from bytes of text | line, zigzag from the line before | kind |
///          page or chapter, zigzag from that before (only in frames that have any)
/// column   order, 5 bits | a value each
/// ```
/// What a frame begins with is counted from 0, so that a frame means the same wherever it stands.
enum PlaceColumns {
    /// Bits of a column's order.
    private static let orderBits = 5
    /// Bits that the columns of a paragraph take at the least.
    static let leastBits = 4
    private static let limit = 1 << 60

    /// A page or chapter as a number: 0 for none, else twice its own, and one more for a chapter.
    static func code(_ part: SourcePart?) -> UInt64 {
        guard let part, part.number > 0 else { return 0 }
        let twice = UInt64(UInt32(clamping: part.number)) << 1
        if case .chapter = part { return twice | 1 }
        return twice
    }

    /// What a number means; nil for one that no writer writes.
    private static func part(_ code: Int) -> SourcePart?? {
        guard 0..<limit ~= code, code != 1 else { return nil }
        if code == 0 { return .some(nil) }
        return code & 1 == 0 ? .page(code >> 1) : .chapter(code >> 1)
    }

    // MARK: Writing

    static func write(_ frame: TextFrame, withLengths: Bool, to writer: inout BitWriter) {
        var lengths: [UInt64] = []
        var starts: [UInt64] = []
        var sizes: [UInt64] = []
        var lines: [UInt64] = []
        var end = 0
        var line = 0
        for (index, place) in frame.places.enumerated() {
            let length = frame.range(index).count
            let source = place.source
            lengths.append(UInt64(length))
            starts.append(Zigzag.encode(source.bytes.lowerBound - end))
            sizes.append(Zigzag.encode(source.bytes.count - length))
            lines.append(Zigzag.encode(source.line - line))
            end = source.bytes.upperBound
            line = source.line
        }
        let kinds = frame.places.map { UInt64($0.kind.rawValue) }
        if withLengths { write(lengths, to: &writer) }
        for column in [starts, sizes, lines, kinds] { write(column, to: &writer) }
        guard frame.hasParts else { return }
        var last = 0
        let parts = frame.places.map { place in
            let code = Int(code(place.source.part))
            defer { last = code }
            return Zigzag.encode(code - last)
        }
        write(parts, to: &writer)
    }

    private static func write(_ column: [UInt64], to writer: inout BitWriter) {
        let cost = { (order: Int) in column.reduce(0) { $0 + BitWriter.golombWidth($1, order) } }
        var order = 0
        var least = cost(0)
        // The cost falls and then rises with the order, or nearly so.
        while order < 1 << orderBits - 1 {
            let next = cost(order + 1)
            if next >= least { break }
            least = next
            order += 1
        }
        writer.append(UInt32(order), orderBits)
        for value in column { writer.golomb(value, order) }
    }

    // MARK: Reading

    /// The columns as they were written; nil for what no writer writes.
    struct Columns {
        var lengths: [UInt64] = []
        var starts: [UInt64]
        var sizes: [UInt64]
        var lines: [UInt64]
        var kinds: [UInt64]
        /// Empty when no paragraph has any.
        var parts: [UInt64] = []

        /// - Parameters:
        ///   - count: paragraphs, no more than the reader's bytes can hold.
        ///   - withParts: whether pages or chapters are among the columns.
        init?(_ reader: inout BitReader, count: Int, withLengths: Bool, withParts: Bool) {
            func column() -> [UInt64]? {
                let order = Int(reader.bits(orderBits))
                var values: [UInt64] = []
                values.reserveCapacity(count)
                for _ in 0..<count {
                    let value = reader.golomb(order)
                    values.append(value)
                }
                return values
            }
            if withLengths {
                guard let found = column() else { return nil }
                lengths = found
            }
            guard let starts = column(), let sizes = column(), let lines = column(), let kinds = column() else {
                return nil
            }
            if withParts {
                guard let found = column() else { return nil }
                parts = found
            }
            guard !reader.isPastEnd else { return nil }
            (self.starts, self.sizes, self.lines, self.kinds) = (starts, sizes, lines, kinds)
        }

        /// Fills in the places of `frame`, whose texts are known; false when they cannot be.
        func fill(_ frame: inout TextFrame) -> Bool {
            frame.places.removeAll(keepingCapacity: true)
            var end = 0
            var line = 0
            var code = 0
            for index in starts.indices {
                let start = end &+ Zigzag.decode(starts[index])
                let size = frame.range(index).count &+ Zigzag.decode(sizes[index])
                line &+= Zigzag.decode(lines[index])
                guard 0..<limit ~= start, 0..<limit ~= size, line >= 0, kinds[index] <= 0xFF,
                    let kind = ParagraphKind(rawValue: UInt8(kinds[index]))
                else { return false }
                end = start + size
                var source = SourceRange(bytes: start..<end, line: line)
                if !parts.isEmpty {
                    code &+= Zigzag.decode(parts[index])
                    guard let part = part(code) else { return false }
                    source.part = part
                }
                frame.places.append(.init(source: source, kind: kind))
            }
            return true
        }
    }
}
