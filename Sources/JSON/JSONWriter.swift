/// Writes compact JSON. Every string is escaped so that a line holds no control character and no line break.
public struct JSONWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private var needsComma = false

    public init() {}

    public mutating func object(_ body: (inout JSONWriter) -> Void) {
        open("{")
        body(&self)
        close("}")
    }

    public mutating func array<T>(of elements: [T], _ body: (inout JSONWriter, T) -> Void) {
        open("[")
        for element in elements { body(&self, element) }
        close("]")
    }

    public mutating func array(_ numbers: [Int]) { array(of: numbers) { $0.value("\($1)") } }

    /// A range as `[start, end)`.
    public mutating func array(_ range: Range<Int>) { array([range.lowerBound, range.upperBound]) }

    public mutating func key(_ name: String) {
        separate()
        string(name.utf8)
        bytes.append(UInt8(ascii: ":"))
        needsComma = false
    }

    public mutating func field(_ name: String, _ text: String) {
        key(name)
        string(text)
    }

    public mutating func field(_ name: String, _ number: Int) {
        key(name)
        value("\(number)")
    }

    /// A range as `[start, end)`.
    public mutating func field(_ name: String, _ range: Range<Int>) {
        key(name)
        array(range)
    }

    public mutating func field(_ name: String, _ flag: Bool) {
        key(name)
        value(flag ? "true" : "false")
    }

    /// A finite number, in the fewest digits that read back as the same value.
    public mutating func field(_ name: String, _ number: Float) {
        key(name)
        value("\(number)")
    }

    /// Bytes that are usually UTF-8. Others become U+FFFD, and a second field, `NAME_bytes`, has them all as an
    /// array of numbers, so that no path is lost.
    public mutating func field(_ name: String, bytes value: [UInt8]) {
        let text = String(decoding: value, as: UTF8.self)
        field(name, text)
        guard !text.utf8.elementsEqual(value) else { return }
        key(name + "_bytes")
        array(value.map { Int($0) })
    }

    /// A string on its own, as an element of an array.
    public mutating func string(_ text: String) {
        separate()
        string(text.utf8)
        needsComma = true
    }

    public mutating func endLine() {
        bytes.append(0x0A)
        needsComma = false
    }

    private mutating func open(_ bracket: Unicode.Scalar) {
        separate()
        bytes.append(UInt8(ascii: bracket))
        needsComma = false
    }

    private mutating func close(_ bracket: Unicode.Scalar) {
        bytes.append(UInt8(ascii: bracket))
        needsComma = true
    }

    /// What stands for itself: a number, or one of the three words.
    mutating func value(_ text: String) {
        separate()
        bytes.append(contentsOf: text.utf8)
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { bytes.append(UInt8(ascii: ",")) }
        needsComma = false
    }

    private mutating func string(_ text: String.UTF8View) {
        bytes.append(UInt8(ascii: "\""))
        var previous: UInt8 = 0
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0x0A: bytes.append(contentsOf: "\\n".utf8)
            case 0x0D: bytes.append(contentsOf: "\\r".utf8)
            case 0x09: bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20, 0x7F: escape(byte)
            case 0x80..<0xA0 where previous == 0xC2:
                // A C1 control character: terminals obey some of them.
                bytes.removeLast()
                escape(byte)
            default: bytes.append(byte)
            }
            previous = byte
        }
        bytes.append(UInt8(ascii: "\""))
        needsComma = true
    }

    private mutating func escape(_ code: UInt8) {
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(contentsOf: "\\u00".utf8)
        bytes.append(digits[Int(code >> 4)])
        bytes.append(digits[Int(code & 0xF)])
    }
}
