/// Reads the parts of a date off the front of a text, see ``DatePeriod/init(found:)``.
struct DateScanner {
    typealias Parts = (year: Int, month: Int?, day: Int?)

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
        "november",
        "december",
    ]

    /// What Han numerals stand for; zero has as many shapes as print has had.
    private static let numerals: [Unicode.Scalar: Int] = [
        "〇": 0, "零": 0, "○": 0, "O": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        "十": 10, "廿": 20, "卅": 30, "百": 100,
    ]

    private var rest: ArraySlice<Unicode.Scalar>

    init(_ text: [UInt8]) {
        // No date is longer, and a text in place of one may be.
        rest = String(decoding: text.prefix(200), as: UTF8.self).unicodeScalars.map(Self.halfWidth)[...]
    }

    /// Print and old pages have their digits as wide as their characters: `２０２３年５月６日`.
    private static func halfWidth(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0)! : scalar
    }

    mutating func date() -> Parts? {
        skipSpace()
        for name in ["中華民國", "中华民国", "民國", "民国"] where skip(word: name) { return republicanDate() }
        _ = skip(word: "公元") || skip(word: "西元")
        skipSpace()
        guard let first = rest.first else { return nil }
        if Self.isDigit(first) { return digitDate() }
        if Self.numerals[first] != nil, first != "O" { return hanDate() }
        return englishDate()
    }

    private mutating func digitDate() -> Parts? {
        let digits = rest.prefix { Self.isDigit($0) }.count
        if digits == 4 { return number(4).map { monthAndDay(of: $0) } }
        // Run together, with a time behind it or not.
        guard digits == 8 || digits == 12 || digits == 14, let year = number(4), let month = number(2) else {
            return englishDate()
        }
        return (year, month, number(2))
    }

    /// A year of four numerals, in their places.
    private mutating func hanDate() -> Parts? {
        let numerals = rest.prefix { Self.numerals[$0] != nil }
        guard numerals.count == 4, let year = number(4), year >= 1000,
            rest.drop(while: Self.isSpace).first == "年"
        else { return nil }
        return monthAndDay(of: year)
    }

    /// The years of the Republic of China, of which 1912 was the first.
    private mutating func republicanDate() -> Parts? {
        skipSpace()
        let isFirst = skip(word: "元")
        guard let year = isFirst ? 1 : number(3), year > 0 else { return nil }
        // A bare number may be anything.
        guard let mark = rest.drop(while: Self.isSpace).first, "-/.年".unicodeScalars.contains(mark) else {
            return nil
        }
        return monthAndDay(of: year + 1911)
    }

    /// What follows a year.
    private mutating func monthAndDay(of year: Int) -> Parts {
        guard skip(mark: "-/.年"), let month = number(2) else { return (year, nil, nil) }
        guard skip(mark: "-/.月"), let day = number(2) else { return (year, month, nil) }
        return (year, month, day)
    }

    // MARK: English

    /// Day, month by its name, and year, or month, day and year, with the day of the week before them or not (RFC 5322).
    private mutating func englishDate() -> Parts? {
        if let month = month() { return dayAndYear(of: month) }
        rest = rest.drop { $0.properties.isAlphabetic }
        skipStops()
        if let month = month() { return dayAndYear(of: month) }
        guard let day = number(2) else { return nil }
        skipSpace()
        guard let month = month() else { return nil }
        skipStops()
        return year().map { ($0, month, day) }
    }

    private mutating func dayAndYear(of month: Int) -> Parts? {
        skipStops()
        guard let day = number(2), !(rest.first.map(Self.isDigit) ?? false) else { return nil }
        skipStops()
        // `Sat May 06 10:00:00 +0800 2023`
        while let first = rest.first,
            "+-".unicodeScalars.contains(first) || rest.prefix(while: { !Self.isSpace($0) }).contains(":")
        {
            rest = rest.drop { !Self.isSpace($0) }
            skipSpace()
        }
        return year().map { ($0, month, day) }
    }

    private mutating func year() -> Int? { rest.prefix(while: Self.isDigit).count == 4 ? number(4) : nil }

    /// The name of a month, or its first three letters; nothing is passed over where there is none.
    private mutating func month() -> Int? {
        let letters = rest.prefix { $0.properties.isAlphabetic }
        var word = String.UnicodeScalarView()
        word.append(contentsOf: letters)
        let name = String(word).lowercased()
        let found = Self.months.firstIndex {
            $0 == name || $0.prefix(3) == name || name == "sept" && $0 == "september"
        }
        if found != nil { rest = rest[letters.endIndex...] }
        return found.map { $0 + 1 }
    }

    // MARK: Parts

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    private static func isSpace(_ scalar: Unicode.Scalar) -> Bool { WhiteSpace.contains(scalar.value) }

    private mutating func skipSpace() { rest = rest.drop(while: Self.isSpace) }

    private mutating func skipStops() { rest = rest.drop { Self.isSpace($0) || $0 == "," || $0 == "." } }

    private mutating func skip(word: String) -> Bool {
        guard rest.starts(with: word.unicodeScalars) else { return false }
        rest = rest.dropFirst(word.unicodeScalars.count)
        return true
    }

    /// Passes over one of these marks. A Han character may have spaces on both sides: `2023 年 5 月 6 日`.
    private mutating func skip(mark marks: String) -> Bool {
        let ahead = rest.drop(while: Self.isSpace)
        guard let mark = ahead.first, marks.unicodeScalars.contains(mark) else { return false }
        if mark.isASCII, ahead.startIndex != rest.startIndex { return false }
        rest = ahead.dropFirst()
        if !mark.isASCII { skipSpace() }
        return true
    }

    /// A number of up to `limit` digits, or as many Han numerals in their places, or one with tens and hundreds.
    private mutating func number(_ limit: Int) -> Int? {
        let digits = rest.prefix(limit).prefix(while: Self.isDigit)
        if !digits.isEmpty {
            rest = rest[digits.endIndex...]
            return digits.reduce(0) { 10 * $0 + Int($1.value) - 0x30 }
        }
        // 一百一十三 is the longest that there is.
        let values = rest.prefix(5).prefix { Self.numerals[$0] != nil }.map { Self.numerals[$0]! }
        if values.allSatisfy({ $0 < 10 }) {
            guard !values.isEmpty, values.count <= limit else { return nil }
            rest = rest.dropFirst(values.count)
            return values.reduce(0) { 10 * $0 + $1 }
        }
        rest = rest.dropFirst(values.count)
        var (sum, last) = (0, 0)
        for value in values {
            switch value {
            case 10, 100:
                sum += max(1, last) * value
                last = 0
            case 20, 30: sum += value
            default: last = value
            }
        }
        return sum + last
    }
}
