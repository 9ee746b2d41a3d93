import Bytes
import TestSupport
import Testing

@Suite("Bit packing")
struct BitPackingTests {
    @Test("gives back what it packed", arguments: 0...32)
    func roundTrip(width: Int) {
        var generator = Seed(UInt64(width)).generator()
        let largest = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
        let blocks = [
            [UInt32](repeating: largest, count: BitPacking.blockSize),
            (0..<BitPacking.blockSize).map { _ in UInt32.random(in: 0...largest, using: &generator) },
            (0..<BitPacking.blockSize).map { $0 == 127 ? largest : 0 },
        ]
        for values in blocks {
            let packed = pack(values, width: width)
            #expect(packed.count == BitPacking.packedSize(width: width))
            #expect(packed == twin(values, width: width))
            #expect(unpack(packed, width: width) == values)
            #expect(unpackAscending(packed, width: width, after: 7) == sums(values, after: 7))
            #expect(sumGaps(values, after: .max) == sums(values, after: .max))
        }
    }

    @Test("gives single values of several blocks", arguments: 0...32)
    func single(width: Int) {
        var generator = Seed(UInt64(width) + 300).generator()
        let largest = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
        let values = (0..<3 * BitPacking.blockSize).map { _ in UInt32.random(in: 0...largest, using: &generator) }
        let packed = stride(from: 0, to: values.count, by: BitPacking.blockSize).flatMap {
            pack(Array(values[$0..<$0 + BitPacking.blockSize]), width: width)
        }
        // Something behind it to be pointed at, where the blocks take no bytes.
        let read = unsafe (packed + [0xFF]).withUnsafeBytes { bytes in
            values.indices.map { unsafe BitPacking.value(bytes.baseAddress!, $0, width) }
        }
        #expect(read == values)
    }

    @Test("counts the values that are wider", arguments: 0...31)
    func countWider(width: Int) {
        var generator = Seed(UInt64(width) + 200).generator()
        for values in [
            [UInt32](repeating: .max, count: BitPacking.blockSize),
            [UInt32](repeating: 0, count: BitPacking.blockSize),
            (0..<BitPacking.blockSize).map { _ in UInt32.max >> UInt32(generator.below(32)) },
            (0..<BitPacking.blockSize).map { 1 << UInt32($0 % 32) },
        ] {
            let count = unsafe values.withUnsafeBufferPointer {
                unsafe BitPacking.count($0.baseAddress!, widerThan: width)
            }
            #expect(count == values.filter { UInt64($0) >= UInt64(1) << UInt64(width) }.count)
        }
    }

    @Test("unpacks from any alignment, and any bytes to some values", arguments: 0...32)
    func anyBytes(width: Int) {
        var generator = Seed(UInt64(width) + 100).generator()
        for shift in 0..<4 {
            let packed = generator.bytes(BitPacking.packedSize(width: width))
            let values = unpack(packed, width: width, shift: shift)
            #expect(values.allSatisfy { UInt64($0) < UInt64(1) << UInt64(width) })
            #expect(pack(values, width: width) == packed)
        }
    }

    /// Value `4 * r + j` takes the bits from `r * width` of lane `j`, whose words are every fourth from the `j`-th.
    private func twin(_ values: [UInt32], width: Int) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: width * 16)
        for (index, value) in values.enumerated() {
            for bit in 0..<width where value >> UInt32(bit) & 1 == 1 {
                let place = index / 4 * width + bit
                let word = place / 32 * 4 + index % 4
                bytes[word * 4 + place % 32 / 8] |= 1 << UInt8(place % 8)
            }
        }
        return bytes
    }

    private func pack(_ values: [UInt32], width: Int) -> [UInt8] {
        var writer = ByteWriter()
        unsafe values.withUnsafeBufferPointer {
            unsafe BitPacking.pack($0.baseAddress!, width: width, into: &writer)
        }
        return writer.bytes
    }

    private func sums(_ gaps: [UInt32], after previous: UInt32) -> [UInt32] {
        var sum = previous
        return gaps.map { gap in
            sum = sum &+ gap &+ 1
            return sum
        }
    }

    private func unpackAscending(_ packed: [UInt8], width: Int, after previous: UInt32) -> [UInt32] {
        var values = [UInt32](repeating: 0xDEAD_BEEF, count: BitPacking.blockSize)
        unsafe (packed + [0]).withUnsafeBytes { source in
            unsafe values.withUnsafeMutableBufferPointer { output in
                unsafe BitPacking.unpackAscending(
                    source.baseAddress!, width: width, after: previous, into: output.baseAddress!)
            }
        }
        return values
    }

    private func sumGaps(_ gaps: [UInt32], after previous: UInt32) -> [UInt32] {
        var values = gaps
        unsafe values.withUnsafeMutableBufferPointer {
            unsafe BitPacking.sumGaps($0.baseAddress!, after: previous)
        }
        return values
    }

    private func unpack(_ packed: [UInt8], width: Int, shift: Int = 0) -> [UInt32] {
        var values = [UInt32](repeating: 0xDEAD_BEEF, count: BitPacking.blockSize)
        let shifted = [UInt8](repeating: 0, count: shift) + packed + [0]
        unsafe shifted.withUnsafeBytes { source in
            unsafe values.withUnsafeMutableBufferPointer { output in
                unsafe BitPacking.unpack(source.baseAddress! + shift, width: width, into: output.baseAddress!)
            }
        }
        return values
    }
}

@Suite("Varint")
struct VarintTests {
    private static let edges: [UInt64] = (0..<64).flatMap { shift in
        let power = UInt64(1) << UInt64(shift)
        return [power - 1, power, power + 1]
    }

    @Test("gives back what was written")
    func roundTrip() throws {
        var generator = Seed(1).generator()
        let values = Self.edges + [.max] + (0..<500).map { _ in generator.next() >> UInt64(generator.below(64)) }
        var writer = ByteWriter()
        for value in values { writer.varint(value) }
        var cursor = ByteCursor(ByteView(writer.bytes, file: "file"))
        for value in values { #expect(try cursor.varint() == value) }
        #expect(cursor.remaining == 0)
    }

    @Test("takes the bytes that LEB128 takes")
    func encoding() {
        func encoded(_ value: UInt64) -> [UInt8] {
            var writer = ByteWriter()
            writer.varint(value)
            return writer.bytes
        }
        #expect(encoded(0) == [0])
        #expect(encoded(127) == [0x7F])
        #expect(encoded(128) == [0x80, 1])
        #expect(encoded(624_485) == [0xE5, 0x8E, 0x26])
        #expect(encoded(.max) == [UInt8](repeating: 0xFF, count: 9) + [1])
    }

    @Test("that never ends, or holds more than 64 bits, is malformed")
    func malformed() {
        let tooLong: [[UInt8]] = [
            [UInt8](repeating: 0x80, count: 10) + [0], [UInt8](repeating: 0xFF, count: 9) + [2],
            [UInt8](repeating: 0xFF, count: 20), [UInt8](repeating: 0x80, count: 9) + [0x80, 0],
        ]
        for bytes in tooLong {
            var cursor = ByteCursor(ByteView([9] + bytes, file: "f"), at: 1)
            #expect(throws: FormatError.malformed(file: "f", offset: 10, rule: .varintTooLong)) {
                try cursor.varint()
            }
        }
        for count in 0..<9 {
            var cursor = ByteCursor(ByteView([UInt8](repeating: 0x80, count: count), file: "f"))
            #expect(throws: FormatError.truncated(file: "f", offset: count, needed: 1, available: 0)) {
                try cursor.varint()
            }
        }
    }

    @Test("is held to its limit")
    func limit() throws {
        var cursor = ByteCursor(ByteView([0xAC, 2, 0xAC, 2], file: "f"))
        #expect(try cursor.varint(atMost: 300) == 300)
        #expect(throws: FormatError.malformed(file: "f", offset: 4, rule: .valueOutOfRange)) {
            try cursor.varint(atMost: 299)
        }
        var largest = ByteCursor(ByteView([UInt8](repeating: 0xFF, count: 9) + [1], file: "f"))
        #expect(throws: FormatError.malformed(file: "f", offset: 10, rule: .valueOutOfRange)) {
            try largest.varint(atMost: .max)
        }
    }
}
