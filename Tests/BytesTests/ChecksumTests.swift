import Bytes
import TestSupport
import Testing

@Suite("CRC-32C")
struct CRC32CTests {
    /// The definition, a bit at a time.
    private func twin(_ bytes: some Sequence<UInt8>) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0x82F6_3B78 : crc >> 1 }
        }
        return ~crc
    }

    @Test("gives the values of the standard")
    func knownVectors() {
        #expect(checksum(Array("123456789".utf8)) == 0xE306_9283)
        // RFC 3720, appendix B.4.
        #expect(checksum([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(checksum([UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(checksum(Array(0..<32)) == 0x46DD_794E)
        #expect(checksum([]) == 0)
    }

    @Test("equals its bit-by-bit twin", arguments: Seed.first(90))
    func equalsTwin(seed: Seed) throws {
        var generator = seed.generator()
        // Every length up to a few steps of sixteen, then longer ones.
        let count = seed.value <= 70 ? Int(seed.value) : generator.below(5000)
        let bytes = generator.bytes(count)
        #expect(checksum(bytes) == twin(bytes))
        // A view need not begin where loads are aligned.
        let view = ByteView(bytes, file: "file")
        for start in 0...min(17, count) {
            #expect(try view.slice(start..<count).checksum() == twin(bytes[start...]))
        }
    }

    @Test("is the same however the input is cut", arguments: Seed.first(40))
    func cutAnywhere(seed: Seed) {
        var generator = seed.generator()
        let bytes = generator.bytes(generator.below(300))
        var crc = CRC32C()
        for piece in pieces(of: bytes, using: &generator) { unsafe crc.update(piece.span.bytes) }
        #expect(crc.value == checksum(bytes))
    }

    private func checksum(_ bytes: [UInt8]) -> UInt32 { unsafe CRC32C.checksum(bytes.span.bytes) }
}

@Suite("Content hash")
struct ContentHashTests {
    @Test("is the same however the input is cut", arguments: Seed.first(60))
    func cutAnywhere(seed: Seed) {
        var generator = seed.generator()
        let bytes = generator.bytes(generator.below(100))
        var hash = ContentHash()
        for piece in pieces(of: bytes, using: &generator) { unsafe hash.update(piece.span.bytes) }
        #expect(hash.value == value(bytes))
        // Asking for the value in between changes nothing.
        var asked = ContentHash()
        for byte in bytes {
            let piece: [UInt8] = [byte]
            unsafe asked.update(piece.span.bytes)
            _ = asked.value
        }
        #expect(asked.value == value(bytes))
    }

    @Test("tells small edits apart")
    func smallEdits() {
        var generator = Seed(7).generator()
        var seen: Set<UInt64> = []
        var count = 0
        for length in 0..<40 {
            let bytes = generator.bytes(length)
            var variants: Set<[UInt8]> = [bytes, bytes + [0], [0] + bytes]
            for index in 0..<length {
                for bit in 0..<8 {
                    var edited = bytes
                    edited[index] ^= 1 << UInt8(bit)
                    variants.insert(edited)
                }
            }
            count += variants.count
            for variant in variants { seen.insert(value(variant)) }
        }
        // Lengths 0 and 1 share "a zero byte put at the front or the end".
        #expect(seen.count >= count - 2)
    }

    @Test("counts zero bytes at the end")
    func zeros() {
        let hashes = Set((0..<64).map { value([UInt8](repeating: 0, count: $0)) })
        #expect(hashes.count == 64)
    }

    private func value(_ bytes: [UInt8]) -> UInt64 {
        var hash = ContentHash()
        unsafe hash.update(bytes.span.bytes)
        return hash.value
    }
}

/// `bytes` cut into pieces, some of them empty.
private func pieces(of bytes: [UInt8], using generator: inout SplitMix64) -> [[UInt8]] {
    var pieces: [[UInt8]] = []
    var start = 0
    while start < bytes.count {
        let end = min(bytes.count, start + generator.below(20))
        pieces.append(Array(bytes[start..<end]))
        start = end
    }
    return pieces
}
