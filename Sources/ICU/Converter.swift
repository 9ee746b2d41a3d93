internal import CICU

/// One of ICU's converters between bytes of an encoding and UTF-16.
///
/// One converter serves one thread; it is reused from text to text.
@safe public final class Converter {
    /// How the encoding lays out its bytes.
    public enum Layout: Sendable {
        /// One byte a character, as ISO 8859.
        case singleByte
        /// One to four bytes a character, as GB18030 and Big5.
        case multiByte
        case utf8
        case utf16LittleEndian
        case utf16BigEndian
        /// Anything else: states, escape sequences, units of 32 bits.
        case other
    }

    /// What one step of decoding gave.
    public struct Step: Sendable {
        /// UTF-16 units written.
        public var units: Int
        /// Bytes taken from the front of what was given.
        public var consumed: Int
        /// Length of the sequence at which decoding stopped because it means nothing in the encoding; it ends at
        /// `consumed`. 0 when decoding did not stop.
        public var invalid: Int
    }

    private let converter: OpaquePointer
    /// ICU's own name for the encoding.
    public let name: String
    public let layout: Layout

    /// - Parameter name: a name or alias that ICU knows; case, `-`, `_` and spaces do not matter.
    /// - Throws: when ICU knows no such encoding.
    public init(_ name: String) throws(ICUError) {
        var status: Int32 = 0
        guard let converter = unsafe suoyin_converter_open(name, &status), status <= 0 else {
            throw ICUError("converter \(name)", status)
        }
        unsafe self.converter = unsafe converter
        self.name = unsafe suoyin_converter_name(converter, &status).map { unsafe String(cString: $0) } ?? name
        // ICU's UConverterType.
        layout =
            switch unsafe suoyin_converter_type(converter) {
            case 0, 3, 26: .singleByte
            case 1, 2: .multiByte
            case 4: .utf8
            case 5: .utf16BigEndian
            case 6: .utf16LittleEndian
            default: .other
            }
    }

    deinit { unsafe suoyin_converter_close(converter) }

    /// Forgets what was decoded so far, to begin a new text.
    public func reset() { unsafe suoyin_converter_reset(converter) }

    /// Decodes from the front of `bytes`, as far as there is room and up to the first sequence that means nothing.
    ///
    /// Call it again with what is left until all is consumed. O(bytes consumed).
    ///
    /// - Parameters:
    ///   - bytes: at most 2^31 - 1.
    ///   - isEnd: whether the text ends with `bytes`, so that a character cut short there is an invalid sequence.
    ///   - units: receives UTF-16. With room for twice `bytes.count` and 16 more it is never too small.
    ///   - offsets: receives for each unit where its character begins in `bytes`; -1 when that was in an earlier
    ///     call. It has as much room as `units`; nil when nobody asks.
    public func decode(
        _ bytes: UnsafeBufferPointer<UInt8>, isEnd: Bool, into units: UnsafeMutableBufferPointer<UInt16>,
        offsets: UnsafeMutableBufferPointer<Int32>?
    ) throws(ICUError) -> Step {
        precondition(unsafe offsets.map { $0.count >= units.count } ?? true)
        var consumed: Int32 = 0
        var invalid: Int32 = 0
        var status: Int32 = 0
        // SAFETY: ICU writes at most `units.count` units and as many offsets.
        let count = unsafe suoyin_converter_decode(
            converter, bytes.baseAddress, Int32(bytes.count), isEnd ? 1 : 0, units.baseAddress,
            Int32(clamping: units.count), offsets?.baseAddress, &consumed, &invalid, &status)
        // 15: U_BUFFER_OVERFLOW_ERROR, the end of the room.
        guard status <= 0 || status == 15 else { throw ICUError("converter \(name)", status) }
        return Step(units: Int(count), consumed: Int(consumed), invalid: Int(invalid))
    }

    /// Bytes consumed that have given no unit yet: the front of a character whose rest has not come.
    public var pendingBytes: Int { unsafe max(0, Int(suoyin_converter_pending(converter))) }

    /// The text in this encoding; nil when the encoding lacks one of its characters. O(text.count).
    public func encode(_ text: String) throws(ICUError) -> [UInt8]? {
        let units = Array(text.utf16)
        let capacity = units.count * 4 + 16
        var status: Int32 = 0
        // SAFETY: ICU writes at most `capacity` bytes, and reports how many.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let length = unsafe suoyin_converter_encode(
                converter, units, Int32(units.count), buffer.baseAddress, Int32(capacity), &status)
            count = status <= 0 ? Int(length) : 0
        }
        // 10, 12: U_INVALID_CHAR_FOUND, U_ILLEGAL_CHAR_FOUND.
        if status == 10 || status == 12 { return nil }
        guard status <= 0 else { throw ICUError("converter \(name)", status) }
        return bytes
    }
}
