internal import ICU

/// The two-byte codes of GBK, both ways.
///
/// Filled from ICU's converter the first time it is asked for; some milliseconds.
struct GBKTable: Sendable {
    /// For each code point of the basic plane its code; 0 for none.
    private var codes = [UInt16](repeating: 0, count: 0x10000)
    /// For each code less 0x8000 its character; 0 for none.
    private var characters = [UInt16](repeating: 0, count: 0x8000)

    static let shared = GBKTable()

    private init() {
        guard let converter = try? Converter("GBK") else { return }
        var units = [UInt16](repeating: 0, count: 32)
        var offsets = [Int32](repeating: 0, count: 32)
        for lead in UInt8(0x81)...0xFE {
            for trail in UInt8(0x40)...0xFE where trail != 0x7F {
                converter.reset()
                let bytes = [lead, trail]
                let count = unsafe bytes.withUnsafeBufferPointer { bytes in
                    unsafe units.withUnsafeMutableBufferPointer { units in
                        unsafe offsets.withUnsafeMutableBufferPointer { offsets in
                            let step = try? unsafe converter.decode(
                                bytes, isEnd: true, into: units, offsets: offsets)
                            return step.map { $0.invalid == 0 ? $0.units : 0 } ?? 0
                        }
                    }
                }
                guard count == 1 else { continue }
                let code = UInt16(lead) << 8 | UInt16(trail)
                characters[Int(code & 0x7FFF)] = units[0]
                codes[Int(units[0])] = code
            }
        }
    }

    /// The two bytes of a character; nil when it has none.
    func bytes(_ scalar: UInt32) -> (UInt8, UInt8)? {
        guard scalar < 0x10000 else { return nil }
        let code = codes[Int(scalar)]
        return code == 0 ? nil : (UInt8(code >> 8), UInt8(code & 0xFF))
    }

    /// The character of two bytes; nil when they are none.
    func character(_ lead: UInt8, _ trail: UInt8) -> UInt32? {
        guard lead >= 0x80 else { return nil }
        let unit = characters[Int(UInt16(lead & 0x7F) << 8 | UInt16(trail))]
        return unit == 0 ? nil : UInt32(unit)
    }
}
