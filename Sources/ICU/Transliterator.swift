internal import CICU

/// One of ICU's transliterators, such as `Traditional-Simplified` or `Han-Latin`.
@safe public final class Transliterator {
    private let instance: OpaquePointer

    public init(_ identifier: String) throws(ICUError) {
        var status: Int32 = 0
        let name = Array(identifier.utf16)
        guard let instance = unsafe suoyin_transliterator_open(name, Int32(name.count), &status), status <= 0 else {
            throw ICUError("transliterator \(identifier)", status)
        }
        unsafe self.instance = unsafe instance
    }

    deinit { unsafe suoyin_transliterator_close(instance) }

    /// The text transformed.
    public func callAsFunction(_ text: String) throws(ICUError) -> String {
        let units = Array(text.utf16)
        // Room for every character to become a long syllable.
        var buffer = units + [UInt16](repeating: 0, count: units.count * 8 + 64)
        var status: Int32 = 0
        let length = unsafe suoyin_transliterate(
            instance, &buffer, Int32(units.count), Int32(buffer.count), &status)
        guard status <= 0 else { throw ICUError("transliterator", status) }
        return String(decoding: buffer[..<Int(length)], as: UTF16.self)
    }
}
