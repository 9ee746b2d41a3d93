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
    /// `2023年5月6日`, `二〇二三年五月六日`, `民國112年5月6日` or `20230506`, less the day, or the month too; `May 6, 2023`,
    /// `6 May 2023`, `Sat, 06 May 2023`, as feeds have it, or `Sat May 06 10:00:00 +0800 2023`. Digits and marks may be
    /// full-width. Whatever follows, such as a time, is passed over. `05/06/2023` is none: it is one day here and another there.
    ///
    /// - Parameter text: UTF-8.
    public init?(found text: [UInt8]) {
        var scanner = DateScanner(text)
        guard let (year, month, day) = scanner.date() else { return nil }
        self.init(year: year, month: month, day: day)
    }
}
