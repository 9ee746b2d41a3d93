/// A day, month or year of the calendar.
public struct DatePeriod: Equatable, Sendable {
    public struct Day: Equatable, Comparable, Sendable {
        public var year: Int
        public var month: Int
        public var day: Int

        public static func < (left: Day, right: Day) -> Bool {
            (left.year, left.month, left.day) < (right.year, right.month, right.day)
        }
    }

    public let first: Day
    public let last: Day

    /// - Returns: nil when the calendar has no such period.
    init?(year: Int, month: Int? = nil, day: Int? = nil) {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        if let month {
            guard (1...12).contains(month), (1...lengths[month - 1]).contains(day ?? 1) else { return nil }
        }
        first = Day(year: year, month: month ?? 1, day: day ?? 1)
        last = Day(year: year, month: month ?? 12, day: day ?? month.map { lengths[$0 - 1] } ?? 31)
    }

    /// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count <= 3, parts[0].count == 4, parts.dropFirst().allSatisfy({ $0.count == 2 }),
            parts.joined().allSatisfy({ (0x30...0x39).contains($0) })
        else { return nil }
        let numbers = parts.map { $0.reduce(0) { 10 * $0 + Int($1) - 0x30 } }
        self.init(
            year: numbers[0], month: numbers.count > 1 ? numbers[1] : nil,
            day: numbers.count > 2 ? numbers[2] : nil)
    }

    /// Reads the date at the beginning of what an article has for one: `2023-05-06`, `2023/5/6`, `2023.5.6`,
    /// `2023年5月6日` or `20230506`, less the day, or the month too; or `Sat, 06 May 2023`, as feeds have it. Digits and marks
    /// may be full-width. Whatever follows, such as a time, is passed over.
    ///
    /// - Parameter text: UTF-8.
    public init?(found text: [UInt8]) {
        var scanner = DateScanner(text)
        guard let (year, month, day) = scanner.date() else { return nil }
        self.init(year: year, month: month, day: day)
    }
}

/// Reads numbers and marks off the front of a text.
private struct DateScanner {
    private var rest: ArraySlice<Unicode.Scalar>

    init(_ text: [UInt8]) {
        // No date is longer, and a text in place of one may be.
        rest = String(decoding: text.prefix(200), as: UTF8.self).unicodeScalars.map(Self.halfWidth)[...]
    }

    /// Print and old pages have their digits as wide as their characters: `２０２３年５月６日`.
    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
    }

    mutating func date() -> (year: Int, month: Int?, day: Int?)? {
        skipSpace()
        guard let first = rest.first, Self.isDigit(first) else { return mailDate() }
        let digits = rest.prefix { Self.isDigit($0) }.count
        if digits != 4 {
            // Run together, with a time behind it or not.
            guard digits == 8 || digits == 12 || digits == 14, let year = number(4), let month = number(2) else {
                return mailDate()
            }
            return (year, month, number(2))
        }
        guard let year = number(4) else { return nil }
        guard skip("-/.年"), let month = number(2) else { return (year, nil, nil) }
        guard skip("-/.月"), let day = number(2) else { return (year, month, nil) }
        return (year, month, day)
    }

    /// Day, month by its English name, and year, with the day of the week before them or not (RFC 5322).
    private mutating func mailDate() -> (year: Int, month: Int?, day: Int?)? {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        if let comma = rest.firstIndex(of: ",") { rest = rest[(comma + 1)...] }
        skipSpace()
        guard let day = number(2) else { return nil }
        skipSpace()
        guard let month = names.firstIndex(where: { rest.starts(with: $0.unicodeScalars) }) else { return nil }
        rest = rest.drop { $0.properties.isAlphabetic }
        skipSpace()
        guard rest.prefix(while: { Self.isDigit($0) }).count == 4, let year = number(4) else { return nil }
        return (year, month + 1, day)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }

    private mutating func skipSpace() { rest = rest.drop { WhiteSpace.contains($0.value) } }

    private mutating func skip(_ marks: String) -> Bool {
        guard let mark = rest.first, marks.unicodeScalars.contains(mark) else { return false }
        rest = rest.dropFirst()
        return true
    }

    /// A number of up to `limit` digits.
    private mutating func number(_ limit: Int) -> Int? {
        let digits = rest.prefix(limit).prefix { Self.isDigit($0) }
        guard !digits.isEmpty else { return nil }
        rest = rest[digits.endIndex...]
        return digits.reduce(0) { 10 * $0 + Int($1.value) - 0x30 }
    }
}
