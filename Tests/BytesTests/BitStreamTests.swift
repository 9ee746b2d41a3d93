import Bytes
import TestSupport
import Testing

@Suite("Bit streams")
struct BitStreamTests {
    private enum Item {
        case bits(UInt32, Int)
        case rice(UInt32, Int)
        case golomb(UInt32, Int)
    }

    private func randomItem(using generator: inout SplitMix64) -> Item {
        let value = UInt32(truncatingIfNeeded: generator.next() >> UInt64(32 + generator.below(32)))
        switch generator.below(3) {
        case 0:
            let width = UInt32.bitWidth - value.leadingZeroBitCount
            return .bits(value, width + generator.below(33 - width))
        // A quotient of some hundreds at most: it is written in unary.
        case 1: return .rice(value, max(0, 24 - value.leadingZeroBitCount) + generator.below(8))
        default: return .golomb(value, generator.below(25))
        }
    }

    @Test("give back what was written, from any bit on", arguments: Seed.first(40))
    func roundTrip(seed: Seed) {
        var generator = seed.generator()
        var writer = BitWriter()
        let items = (0..<500).map { _ in randomItem(using: &generator) }
        for item in items {
            switch item {
            case .bits(let value, let width): writer.bits(value, width)
            case .rice(let value, let parameter): writer.rice(value, parameter)
            case .golomb(let value, let parameter): writer.golomb(value, parameter)
            }
        }
        let bytes = writer.bytes
        #expect(bytes.count == writer.count)
        unsafe bytes.withUnsafeBytes { raw in
            var reader = unsafe BitReader(raw)
            for item in items {
                switch item {
                case .bits(let value, let width): #expect(reader.bits(width) == value)
                case .rice(let value, let parameter): #expect(reader.rice(parameter) == value)
                case .golomb(let value, let parameter): #expect(reader.golomb(parameter) == value)
                }
            }
            #expect(!reader.isPastEnd)
            #expect((reader.position + 7) / 8 == bytes.count)
        }
    }

    @Test("the codes, bit by bit")
    func codes() {
        func code(_ write: (inout BitWriter) -> Void) -> String {
            var writer = BitWriter()
            write(&writer)
            // A mark, so that zeros at the end show.
            writer.bits(1, 1)
            let bits = writer.bytes.flatMap { byte in (0..<8).map { byte >> UInt8($0) & 1 } }
            return bits[..<bits.lastIndex(of: 1)!].map(String.init).joined()
        }
        #expect(code { $0.rice(0, 0) } == "1")
        #expect(code { $0.rice(3, 0) } == "0001")
        #expect(code { $0.rice(6, 2) } == "0101")
        #expect(code { $0.golomb(0, 0) } == "1")
        #expect(code { $0.golomb(1, 0) } == "010")
        #expect(code { $0.golomb(2, 0) } == "011")
        #expect(code { $0.golomb(3, 0) } == "00100")
        #expect(code { $0.golomb(5, 3) } == "1101")
    }

    @Test("any bytes end, and say so when they are past the end", arguments: Seed.first(20))
    func anyBytes(seed: Seed) {
        var generator = seed.generator()
        let bytes = generator.once(in: 3) ? [UInt8](repeating: 0, count: 60) : generator.bytes(generator.below(60))
        unsafe bytes.withUnsafeBytes { raw in
            var reader = unsafe BitReader(raw)
            var reads = 0
            while !reader.isPastEnd {
                switch generator.below(3) {
                case 0: _ = reader.bits(1 + generator.below(32))
                case 1: _ = reader.rice(generator.below(20))
                default: _ = reader.golomb(generator.below(20))
                }
                reads += 1
            }
            #expect(reads <= bytes.count * 8 + 1)
            #expect(reader.bits(32) == 0)
        }
    }
}
