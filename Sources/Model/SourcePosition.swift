/// A place in a file: a byte and the line that holds it.
public struct SourcePosition: Equatable, Sendable {
    /// Offset in the file.
    public var byte: Int
    /// Number of the line, from 1.
    public var line: Int

    public init(byte: Int, line: Int) {
        self.byte = byte
        self.line = line
    }

    /// How far this is behind `other`.
    public static func - (left: SourcePosition, right: SourcePosition) -> SourceShift {
        SourceShift(bytes: left.byte - right.byte, lines: left.line - right.line)
    }
}

/// How far a stretch of a file has moved: what was before it grew or shrank.
public struct SourceShift: Equatable, Sendable {
    /// Negative when towards the front.
    public var bytes: Int
    public var lines: Int

    public static let none = SourceShift(bytes: 0, lines: 0)

    public init(bytes: Int, lines: Int) {
        self.bytes = bytes
        self.lines = lines
    }
}

extension SourceRange {
    /// Where this lies once it has moved. The sums wrap, since a shift from a damaged file may be anything; a range
    /// that cannot be comes out as an empty one at 0.
    public func moved(by shift: SourceShift) -> SourceRange {
        let start = bytes.lowerBound &+ shift.bytes
        let end = bytes.upperBound &+ shift.bytes
        let range = start >= 0 && start <= end ? start..<end : 0..<0
        return SourceRange(bytes: range, line: line &+ shift.lines, part: part)
    }
}
