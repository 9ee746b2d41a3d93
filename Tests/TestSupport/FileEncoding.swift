internal import ICU

/// The forms a text can have in a file, to make test files with.
public enum FileEncoding: String, CaseIterable, Sendable {
    case utf8 = "UTF-8"
    case utf8Mark = "UTF-8 with mark"
    case utf16LE = "UTF-16LE"
    case utf16LEMark = "UTF-16LE with mark"
    case utf16BE = "UTF-16BE"
    case utf16BEMark = "UTF-16BE with mark"
    case gb18030 = "GB18030"
    case gbk = "GBK"
    case gb2312 = "GB2312"
    case big5 = "Big5"
    case big5HKSCS = "Big5-HKSCS"
    case eucTW = "EUC-TW"

    /// The name a reader is to report.
    public var reported: String {
        switch self {
        case .utf8, .utf8Mark: "UTF-8"
        case .utf16LE, .utf16LEMark: "UTF-16LE"
        case .utf16BE, .utf16BEMark: "UTF-16BE"
        case .gb18030, .gbk, .gb2312: "GB18030"
        case .big5, .big5HKSCS: "Big5-HKSCS"
        case .eucTW: "EUC-TW"
        }
    }

    public var hasMark: Bool { self == .utf8Mark || self == .utf16LEMark || self == .utf16BEMark }

    /// The text in this encoding, by ICU; nil when the encoding lacks one of its characters.
    public func encode(_ text: String) -> [UInt8]? {
        let name = String(rawValue.split(separator: " ")[0])
        guard let bytes = try? Converter(name).encode(hasMark ? "\u{FEFF}" + text : text) else { return nil }
        // ICU's GB2312 is IBM's, which has codes of its own for 〇 and a few more that are not in the standard.
        if self == .gb2312, FileEncoding.gb18030.decode(bytes) != text { return nil }
        // ICU leaves out characters that cannot be seen where an encoding lacks them.
        return decode(bytes) == (hasMark ? "\u{FEFF}" + text : text) ? bytes : nil
    }

    /// Bytes of the encoding as text, by ICU in one piece; nil when some mean nothing.
    public func decode(_ bytes: some Sequence<UInt8>) -> String? {
        let bytes = Array(bytes)
        guard let converter = try? Converter(String(rawValue.split(separator: " ")[0])) else { return nil }
        var units = [UInt16](repeating: 0, count: bytes.count * 2 + 16)
        var offsets = [Int32](repeating: 0, count: units.count)
        let step = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe units.withUnsafeMutableBufferPointer { units in
                unsafe offsets.withUnsafeMutableBufferPointer { offsets in
                    try? unsafe converter.decode(bytes, isEnd: true, into: units, offsets: offsets)
                }
            }
        }
        guard let step, step.invalid == 0, step.consumed == bytes.count else { return nil }
        return String(decoding: units[..<step.units], as: UTF16.self)
    }
}
