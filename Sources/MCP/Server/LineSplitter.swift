/// Cuts a stream of bytes into lines, and keeps none that is too long.
struct LineSplitter {
    /// Bytes of a line, its end left out. No sensible message comes near it.
    static let limit = 1 << 20

    private var line: [UInt8] = []
    private var isTooLong = false

    /// The lines that end in these bytes, and behind them.
    mutating func push(_ bytes: some Sequence<UInt8>) -> [Session.Line] {
        var lines: [Session.Line] = []
        for byte in bytes {
            if byte == 0x0A {
                lines.append(take())
            } else if line.count < Self.limit {
                line.append(byte)
            } else {
                isTooLong = true
            }
        }
        return lines
    }

    /// What stands behind the last line's end, at the end of the stream; nil for nothing.
    mutating func finish() -> Session.Line? { line.isEmpty ? nil : take() }

    private mutating func take() -> Session.Line {
        defer {
            line.removeAll(keepingCapacity: line.count < 1 << 16)
            isTooLong = false
        }
        return isTooLong ? .tooLong(limit: Self.limit) : .complete(line)
    }
}
