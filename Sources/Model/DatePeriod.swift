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
        let lengths = [31, year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28]
            + [31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
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
    /// `2023年5月6日` or `20230506`, less the day, or the month too; whatever follows, such as a time, is passed over.
    ///
    /// - Parameter text: UTF-8.
    public init?(found text: [UInt8]) {
        let scalars = Array(String(decoding: text, as: UTF8.self).unicodeScalars)
        var index = scalars.firstIndex { !WhiteSpace.contains($0.value) } ?? 0
        func digits(_ limit: Int) -> Int? {
            let end = scalars[index...].prefix(limit).firstIndex { !("0"..."9").contains($0) }
            let found = index..<(end ?? min(scalars.count, index + limit))
            guard !found.isEmpty else { return nil }
            index = found.upperBound
            return scalars[found].reduce(0) { 10 * $0 + Int($1.value) - 0x30 }
        }
        func passes(_ marks: String) -> Bool {
            guard index < scalars.count, marks.unicodeScalars.contains(scalars[index]) else { return false }
            index += 1
            return true
        }
        let start = index
        guard let year = digits(4), index == start + 4 else { return nil }
        let isCompact = index < scalars.count && ("0"..."9").contains(scalars[index])
        let afterYear = index
        guard isCompact || passes("-/.年"), let month = digits(2) else {
            self.init(year: year)
            return
        }
        if isCompact {
            guard index == afterYear + 2, let day = digits(2), index == afterYear + 4 else { return nil }
            self.init(year: year, month: month, day: day)
            return
        }
        guard passes("-/.月"), let day = digits(2) else {
            self.init(year: year, month: month)
            return
        }
        self.init(year: year, month: month, day: day)
    }
}
