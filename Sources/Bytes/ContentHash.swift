/// A 64-bit fingerprint of a file's content, to tell an edited file from one that was only touched.
///
/// Not cryptographic: it guards against accident, not malice. Eight bytes a step, folded by the two halves of
/// a 64 × 64-bit product, which mixes every input bit into every output bit.
public struct ContentHash: Sendable {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    private var length: UInt64 = 0
    private var pending: UInt64 = 0

    public init() {}

    public mutating func update(_ bytes: RawSpan) {
        unsafe bytes.withUnsafeBytes { buffer in
            var index = 0
            // SAFETY: `index` stays below `count`; whole words are loaded while eight bytes are left.
            while index < buffer.count {
                if length & 7 == 0, index &+ 8 <= buffer.count {
                    mix(unsafe buffer.loadUnaligned(fromByteOffset: index, as: UInt64.self).littleEndian)
                    index &+= 8
                    length &+= 8
                    continue
                }
                pending |= unsafe UInt64(buffer[index]) << (8 * (length & 7))
                index &+= 1
                length &+= 1
                if length & 7 == 0 {
                    mix(pending)
                    pending = 0
                }
            }
        }
    }

    /// The fingerprint of everything fed so far, however it was cut into pieces.
    public var value: UInt64 {
        var copy = self
        copy.mix(pending)
        copy.mix(length)
        return copy.state
    }

    /// The fingerprint of some bytes.
    public static func of(_ bytes: [UInt8]) -> UInt64 {
        var hash = ContentHash()
        unsafe hash.update(bytes.span.bytes)
        return hash.value
    }

    private mutating func mix(_ word: UInt64) {
        let product = (state ^ word ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB ^ word)
        state = (product.high ^ product.low) &+ state.byteSwapped
    }
}
