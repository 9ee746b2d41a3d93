import TestSupport
import Testing

@testable import Bytes

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
            case .bits(let value, let width): writer.append(value, width)
            case .rice(let value, let parameter): writer.rice(value, parameter)
            case .golomb(let value, let parameter): writer.golomb(UInt64(value), parameter)
            }
        }
        let bytes = writer.bytes
        #expect(bytes.count == (writer.bitCount + 7) / 8)
        unsafe bytes.withUnsafeBytes { raw in
            var reader = unsafe BitReader(raw)
            for item in items {
                switch item {
                case .bits(let value, let width): #expect(reader.bits(width) == value)
                case .rice(let value, let parameter): #expect(reader.rice(parameter) == value)
                case .golomb(let value, let parameter): #expect(reader.golomb(parameter) == UInt64(value))
                }
            }
            #expect(!reader.isPastEnd)
            #expect((reader.position + 7) / 8 == bytes.count)
        }
    }

    @Test("two numbers at once are those read one by one, whatever the bits", arguments: Seed.first(40))
    func riceAndGolomb(seed: Seed) {
        var generator = seed.generator()
        // Mostly zeros, so that codes of all lengths are among them.
        let zeros = generator.below(60)
        let bytes = (0..<200).map { _ in
            generator.below(64) < zeros ? UInt8(0) : UInt8(truncatingIfNeeded: generator.next())
        }
        unsafe bytes.withUnsafeBytes { raw in
            var (pairs, singles) = unsafe (BitReader(raw), BitReader(raw))
            for _ in 0..<300 {
                let parameter = generator.below(33)
                let (first, second) = pairs.riceAndGolomb(parameter)
                #expect(singles.rice(parameter) == first)
                #expect(singles.golomb(0) == second)
                #expect(pairs.position == singles.position)
            }
            #expect(pairs.isPastEnd)
        }
    }

    @Test("so they are where they just fit a window, or just do not", arguments: 0..<8)
    func longPairs(offset: Int) {
        for parameter in 0...32 {
            for zeros in 0..<24 {
                for width in 1...20 where (50...66).contains(zeros + 1 + parameter + 2 * width - 1) {
                    // All bits set, so that none is lost unseen.
                    let low = parameter == 0 ? 0 : UInt32.max >> UInt32(32 - parameter)
                    let second = UInt64(1) << UInt64(width) - 2
                    var writer = BitWriter()
                    writer.append(0, offset)
                    writer.append(0, zeros)
                    writer.append(1, 1)
                    writer.append(low, parameter)
                    writer.golomb(second, 0)
                    writer.append(.max, 32)
                    let bytes = writer.bytes
                    unsafe bytes.withUnsafeBytes { raw in
                        var reader = unsafe BitReader(raw)
                        _ = reader.bits(offset)
                        let read = reader.riceAndGolomb(parameter)
                        let first = UInt32(truncatingIfNeeded: UInt64(zeros) << UInt64(parameter)) | low
                        #expect(read == (first, second), "\(parameter) \(zeros) \(width)")
                        #expect(reader.bits(32) == .max)
                    }
                }
            }
        }
    }

    @Test("bits come back, of any width", arguments: Seed.first(20))
    func bits(seed: Seed) throws {
        var generator = seed.generator()
        var writer = BitWriter()
        var plain = ""
        var written: [(value: UInt32, width: Int)] = []
        for _ in 0..<generator.below(300) {
            let width = generator.below(33)
            let value = width == 0 ? 0 : UInt32(truncatingIfNeeded: generator.next()) >> UInt32(32 - width)
            writer.append(value, width)
            if width > 0 {
                let digits = String(value, radix: 2)
                plain += String(repeating: "0", count: width - digits.count) + digits
            }
            written.append((value, width))
            #expect(writer.bitCount == plain.count)
        }
        plain += String(repeating: "0", count: -plain.count & 7)
        let expected = stride(from: 0, to: plain.count, by: 8).map {
            UInt8(plain.dropFirst($0).prefix(8), radix: 2)
        }
        #expect(writer.bytes == expected)
        let bytes = writer.bytes
        unsafe bytes.withUnsafeBytes { buffer in
            var reader = unsafe BitReader(buffer)
            for (value, width) in written { #expect(reader.bits(width) == value) }
            #expect(!reader.isPastEnd && reader.align() == buffer.count)
            #expect(reader.bits(32) == 0 && reader.isPastEnd)
        }
    }

    @Test("numbers of one width come back at once, at the end of the bytes too", arguments: 0...32)
    func numbers(width: Int) {
        var generator = Seed(UInt64(width)).generator()
        for count in [0, 1, 2, 7, 56, 57, 200] {
            let values = (0..<count).map { _ in
                width == 0 ? 0 : UInt32(truncatingIfNeeded: generator.next()) >> UInt32(32 - width)
            }
            let start = generator.below(20)
            var writer = BitWriter()
            writer.append(0, start)
            for value in values { writer.append(value, width) }
            let bytes = writer.bytes
            var found = [UInt32](repeating: 99, count: count + 1)
            unsafe bytes.withUnsafeBytes { buffer in
                var reader = unsafe BitReader(buffer, at: start)
                unsafe found.withUnsafeMutableBufferPointer {
                    unsafe reader.read(count, width, into: $0.baseAddress!)
                }
                #expect(reader.position == start + count * width && !reader.isPastEnd)
            }
            #expect(found == values + [99])
            var one: [UInt32] = []
            unsafe bytes.withUnsafeBytes { buffer in
                var reader = unsafe BitReader(buffer, at: start)
                reader.forEach(count, of: width) { index, value in
                    #expect(index == one.count)
                    one.append(value)
                }
            }
            #expect(one == values)
        }
    }

    @Test("exponential Golomb codes come back and are as long as they say", arguments: Seed.first(10))
    func golomb(seed: Seed) {
        var generator = seed.generator()
        var writer = BitWriter()
        let order = generator.below(32)
        let values = [0, 1, 1 << 62] + (0..<200).map { _ in generator.next() >> UInt64(1 + generator.below(63)) }
        for value in values {
            let before = writer.bitCount
            writer.golomb(value, order)
            #expect(writer.bitCount - before == BitWriter.golombWidth(value, order))
        }
        let bytes = writer.bytes
        unsafe bytes.withUnsafeBytes { buffer in
            var reader = unsafe BitReader(buffer)
            for value in values { #expect(reader.golomb(order) == value) }
        }
    }

    @Test("the codes, bit by bit")
    func codes() {
        func code(_ write: (inout BitWriter) -> Void) -> String {
            var writer = BitWriter()
            write(&writer)
            // A mark, so that zeros at the end show.
            writer.append(1, 1)
            let bits = writer.bytes.flatMap { byte in (0..<8).map { byte >> UInt8(7 - $0) & 1 } }
            return bits[..<bits.lastIndex(of: 1)!].map(String.init).joined()
        }
        #expect(code { $0.rice(0, 0) } == "1")
        #expect(code { $0.rice(3, 0) } == "0001")
        #expect(code { $0.rice(6, 2) } == "0110")
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
