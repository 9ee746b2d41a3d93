internal import Glibc

/// Given a number that an article has for a date, gives the date as text.
enum EpochDate {
    /// Of 9 or 10 digits it is seconds since 1970, of 13 milliseconds: from 1973 and 2001 on. The day is that of UTC, and a
    /// fraction is left out. Any other number stays as it is written; some are read as they are, such as `20240506`.
    static func text(of number: [UInt8]) -> [UInt8] {
        let whole = number.prefix { (0x30...0x39).contains($0) }
        let isPlain = whole.count == number.count || number[whole.count] == UInt8(ascii: ".")
        guard isPlain, [9, 10, 13].contains(whole.count),
            !number.contains(where: { $0 | 0x20 == UInt8(ascii: "e") }),
            let count = Int(String(decoding: whole, as: UTF8.self))
        else { return number }
        var seconds = time_t(whole.count == 13 ? count / 1000 : count)
        var parts = unsafe tm()
        // SAFETY: both are written to and read during the call only; the zone that `tm` points to is not looked at.
        guard unsafe gmtime_r(&seconds, &parts) != nil else { return number }
        func padded(_ value: Int32) -> String { value < 10 ? "0\(value)" : "\(value)" }
        let day = unsafe "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
        let time = unsafe "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))Z"
        return Array("\(day)T\(time)".utf8)
    }
}
