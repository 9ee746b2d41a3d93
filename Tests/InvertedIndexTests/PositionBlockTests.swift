import Bytes
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Blocks of positions")
struct PositionBlockTests {
    private func steps(using generator: inout SplitMix64) -> [UInt32] {
        let limit = generator.pick([1, 2, 30, 5000])
        return (0..<1 + generator.below(900)).map { _ in
            UInt32(generator.below(generator.once(in: 40) ? 1 << 26 : limit))
        }
    }

    private func encoded(_ steps: [UInt32]) -> [UInt8] {
        var writer = ByteWriter()
        var bits = BitWriter()
        PositionBlock.encode(steps.span, into: &writer, &bits)
        return writer.bytes
    }

    private func read(_ bytes: [UInt8], at start: Int, count: Int) throws -> [UInt32] {
        let view = ByteView(bytes, file: "positions")
        let block = try PositionBlock(view, at: start, count: count)
        var steps = [UInt32](repeating: 0, count: count)
        try unsafe steps.withUnsafeMutableBufferPointer { (steps) throws(FormatError) in
            try unsafe block.read(of: view, into: steps.baseAddress!)
        }
        return steps
    }

    @Test("steps come back, all or some, whatever lies around them", arguments: Seed.first(60))
    func read(seed: Seed) throws {
        var generator = seed.generator()
        let steps = steps(using: &generator)
        let before = [UInt8](repeating: 0xA5, count: generator.below(9))
        let bytes = before + encoded(steps) + [UInt8](repeating: 0x5A, count: generator.below(9))
        #expect(try read(bytes, at: before.count, count: steps.count) == steps)
        let first = generator.below(steps.count)
        let range = first..<first + generator.below(steps.count - first + 1)
        let view = ByteView(bytes, file: "positions")
        var some: [UInt32] = []
        try PositionBlock(view, at: before.count, count: steps.count).forEach(range, of: view) { some.append($0) }
        #expect(some == Array(steps[range]))
    }

    @Test("each 128 steps lie in rows, the others one after the other")
    func layout() {
        let steps = (0..<300).map { UInt32($0 * 7 % 32) }
        var rows = ByteWriter()
        unsafe steps.withUnsafeBufferPointer { steps in
            unsafe BitPacking.pack(steps.baseAddress!, width: 5, into: &rows)
            unsafe BitPacking.pack(steps.baseAddress! + 128, width: 5, into: &rows)
        }
        var rest = BitWriter()
        for step in steps[256...] { rest.append(step, 5) }
        rest.write(to: &rows)
        #expect(encoded(steps) == [5] + rows.bytes)
    }

    /// What ``PositionBlock/forEach(_:of:_:)`` gives.
    private func some(_ bytes: [UInt8], _ range: Range<Int>, count: Int) throws -> [UInt32] {
        let view = ByteView(bytes, file: "positions")
        var steps: [UInt32] = []
        try PositionBlock(view, count: count).forEach(range, of: view) { steps.append($0) }
        return steps
    }

    @Test("rows end where they should", arguments: [0, 1, 127, 128, 129, 255, 256, 257, 700])
    func boundaries(count: Int) throws {
        for width in [0, 1, 7, 26, 31, 32] {
            let most = width == 0 ? 0 : UInt32.max >> UInt32(32 - width)
            var steps = (0..<count).map { UInt32(truncatingIfNeeded: $0 &* 2_654_435_761) & most }
            // Patches at the last step in rows and the first behind them.
            for place in [127, 128, 255, 256] where place < count && width < 20 { steps[place] = 1 << 25 }
            let bytes = encoded(steps)
            if count > 0 { #expect(try read(bytes, at: 0, count: count) == steps) }
            for end in [0, 127, 128, 129, 256, count] where end <= count {
                #expect(try some(bytes, 0..<end, count: count) == Array(steps[..<end]))
                #expect(try some(bytes, end..<count, count: count) == Array(steps[end...]))
            }
        }
    }

    @Test("any bytes are the same steps whichever way they are read, or an error", arguments: Seed.first(60))
    func anyBytes(seed: Seed) throws {
        var generator = seed.generator()
        let count = 1 + generator.below(400)
        for _ in 0..<200 {
            var bytes = generator.bytes(generator.below(900))
            if !bytes.isEmpty { bytes[0] &= generator.pick([0x9F, 0x87, 0x1F, 0xFF]) }
            guard let steps = try? read(bytes, at: 0, count: count) else { continue }
            #expect(try some(bytes, 0..<count, count: count) == steps)
        }
    }

    @Test("a block that is cut off anywhere is an error", arguments: Seed.first(20))
    func cutOff(seed: Seed) throws {
        var generator = seed.generator()
        let steps = steps(using: &generator)
        let bytes = encoded(steps)
        for length in [0, 1, 2, 3, bytes.count / 2, bytes.count - 1] where length < bytes.count {
            #expect(throws: FormatError.self) { try read(Array(bytes[..<length]), at: 0, count: steps.count) }
        }
    }

    @Test("a head that makes no sense is an error")
    func heads() {
        let rest = [UInt8](repeating: 0xFF, count: 600)
        // A width of more than 32 bits, with and without patches; patches without end, and more than there are steps.
        for head in [[33], [0x80 | 20, 1, 13], [0x81] + rest, [0x81, 0xFF, 0x7F, 1], [0x80 | 127, 1, 1]]
            as [[UInt8]]
        {
            #expect(throws: FormatError.self) { try read(head + rest, at: 0, count: 128) }
        }
    }
}
