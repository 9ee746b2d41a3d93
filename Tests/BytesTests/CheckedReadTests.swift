import Bytes
import TestSupport
import Testing

/// Every read past the bytes there are throws, and says which file and which byte of it.
@Suite("Checked reads")
struct CheckedReadTests {
    private let whole = ByteView(Array(0..<32), file: "file")

    @Test("integers are little-endian, and end where the bytes do")
    func integers() throws {
        #expect(try whole.integer(at: 0, as: UInt8.self) == 0)
        #expect(try whole.integer(at: 1, as: UInt16.self) == 0x0201)
        #expect(try whole.integer(at: 2, as: UInt32.self) == 0x0504_0302)
        #expect(try whole.integer(at: 24, as: UInt64.self) == 0x1F1E_1D1C_1B1A_1918)
        #expect(throws: FormatError.truncated(file: "file", offset: 25, needed: 8, available: 7)) {
            try whole.integer(at: 25, as: UInt64.self)
        }
        #expect(throws: FormatError.truncated(file: "file", offset: 32, needed: 1, available: 0)) {
            try whole.integer(at: 32, as: UInt8.self)
        }
        for offset in [-1, 33, 1 << 40, .max, .min] {
            #expect(throws: FormatError.self) { try whole.integer(at: offset, as: UInt16.self) }
        }
    }

    @Test("a slice remembers where in the file it lies")
    func origins() throws {
        let inner = try whole.slice(8..<24).slice(4..<8)
        #expect(inner.origin == 12)
        #expect(try inner.copy() == [12, 13, 14, 15])
        #expect(throws: FormatError.truncated(file: "file", offset: 14, needed: 4, available: 2)) {
            try inner.integer(at: 2, as: UInt32.self)
        }
        #expect(throws: FormatError.truncated(file: "file", offset: 15, needed: 2, available: 1)) {
            try inner.slice(3..<5)
        }
        #expect(try whole.slice(32..<32).count == 0)
        for offset in [-1, .max, .min] {
            #expect(throws: FormatError.self) { try inner.integer(at: offset, as: UInt8.self) }
        }
    }

    @Test(
        "no range outside the bytes is a slice",
        arguments: [
            -1..<0, -5..<40, 0..<33, 33..<33, 40..<50, Int.min..<0, 0..<Int.max, Int.max - 1..<Int.max,
        ])
    func slices(range: Range<Int>) {
        #expect(throws: FormatError.self) { try whole.slice(range) }
    }

    @Test("offsets and lengths read from a file may be nonsense")
    func fileOffsets() throws {
        #expect(try whole.slice(at: 30, length: 2).copy() == [30, 31])
        #expect(try whole.slice(at: 32, length: 0).count == 0)
        let nonsense: [(UInt64, UInt64)] = [(33, 0), (0, 33), (31, 2), (.max, 1), (1, .max), (.max, .max)]
        for (offset, length) in nonsense {
            #expect(throws: FormatError.malformed(file: "file", offset: 0, rule: .offsetOutOfRange)) {
                try whole.slice(at: offset, length: length)
            }
        }
    }

    @Test("a cursor stands still when it throws")
    func cursorStandsStill() throws {
        var cursor = ByteCursor(try whole.slice(16..<24), at: 4)
        #expect(cursor.remaining == 4)
        #expect(throws: FormatError.truncated(file: "file", offset: 20, needed: 8, available: 4)) {
            try cursor.integer(UInt64.self)
        }
        #expect(throws: FormatError.truncated(file: "file", offset: 20, needed: 5, available: 4)) {
            try cursor.bytes(5)
        }
        for count in [-1, 1 << 40, .max, .min] {
            #expect(throws: FormatError.self) { try cursor.bytes(count) }
            #expect(throws: FormatError.self) { try cursor.skip(count) }
        }
        #expect(cursor.position == 4)
        #expect(try cursor.integer(UInt32.self) == 0x1716_1514)
        #expect(throws: FormatError.truncated(file: "file", offset: 24, needed: 1, available: 0)) {
            try cursor.integer(UInt8.self)
        }
        #expect(cursor.error(.countMismatch) == .malformed(file: "file", offset: 24, rule: .countMismatch))
    }

    @Test("prefixed bytes come back, and a prefix larger than the rest is an error")
    func prefixed() throws {
        var writer = ByteWriter()
        writer.prefixed([])
        writer.prefixed(Array("团队".utf8))
        #expect(writer.count == 8)
        writer.varint(3)
        writer.append(contentsOf: [1, 2])
        var cursor = ByteCursor(ByteView(writer.bytes, file: "file"))
        #expect(try cursor.prefixedBytes() == [])
        #expect(try cursor.prefixedBytes() == Array("团队".utf8))
        var offset = 0
        for range in [1..<1, 2..<8] {
            #expect(try cursor.view.prefixedRange(at: &offset) == range)
            #expect(offset == range.upperBound)
        }
        cursor = ByteCursor(cursor.view, at: 8)
        #expect(throws: FormatError.truncated(file: "file", offset: 9, needed: 3, available: 2)) {
            try cursor.prefixedBytes()
        }
        #expect(throws: FormatError.truncated(file: "file", offset: 9, needed: 3, available: 2)) {
            try cursor.view.prefixedRange(at: &offset)
        }
        var huge = ByteCursor(ByteView([0xFF, 0xFF, 0x7F], file: "file"))
        #expect(throws: FormatError.malformed(file: "file", offset: 3, rule: .valueOutOfRange)) {
            try huge.prefixedBytes()
        }
    }

    @Test("any reads of any bytes give values or throw", arguments: Seed.first(50))
    func neverTraps(seed: Seed) {
        var generator = seed.generator()
        let view = ByteView(generator.bytes(generator.below(60)), file: "file")
        var cursor = ByteCursor(view, at: generator.below(70))
        for _ in 0..<40 {
            do throws(FormatError) {
                switch generator.below(7) {
                case 0: _ = try cursor.integer(UInt64.self)
                case 1: _ = try cursor.varint()
                case 2: _ = try cursor.varint(atMost: generator.below(300))
                case 3: _ = try cursor.prefixedBytes()
                case 4:
                    _ = try cursor.bytes(Int(truncatingIfNeeded: generator.next() >> UInt64(generator.below(64))))
                case 5: _ = try view.prefixedRange(at: &cursor.position)
                default: _ = try view.integer(at: Int(truncatingIfNeeded: generator.next()), as: Int32.self)
                }
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
