internal import Bytes

/// The positions of one block of documents, any of which can be read without those before it.
///
/// ```
/// width u8, its highest bit set when there are patches | where so: patches varint, bits of a patch u8
/// the lowest bits of all steps, one after the other, filled up to a byte
/// where there are patches: for each, the steps since the one before it, u8, 255 standing for 255 and more to come
/// for each what is above the width, in as many bits as said, filled up to a byte
/// ```
/// A step is a document's first position, or the difference to the position before, less one.
struct PositionBlock {
    private static let hasPatches: UInt8 = 0x80

    private let bytes: ByteView
    private let width: Int
    private let patches: Int
    private let patchWidth: Int
    /// Where the packed steps begin, the places of the patches, and what is above the width; in bytes.
    private let packed: Int
    private let places: Int
    private let highs: Int

    /// Reads the head, and finds the end.
    ///
    /// - Parameters:
    ///   - view: begins with the block.
    ///   - count: steps in it.
    init(_ view: ByteView, count: Int) throws(FormatError) {
        var cursor = ByteCursor(view)
        let head: UInt8 = try cursor.integer()
        width = Int(head & ~Self.hasPatches)
        if head & Self.hasPatches != 0 {
            patches = try cursor.varint(atMost: min(count, view.count))
            patchWidth = Int(try cursor.integer(UInt8.self))
        } else {
            (patches, patchWidth) = (0, 0)
        }
        guard width + patchWidth <= 32 else { throw cursor.error(.valueOutOfRange) }
        packed = cursor.position
        _ = try cursor.bytes((count * width + 7) / 8)
        places = cursor.position
        for _ in 0..<patches { while try cursor.integer(UInt8.self) == 255 {} }
        highs = cursor.position
        _ = try cursor.bytes((patches * patchWidth + 7) / 8)
        bytes = try view.slice(0..<cursor.position).checked()
    }

    /// Calls `body` with the steps in `range`, in order.
    @inline(__always)
    func forEach(_ range: Range<Int>, _ body: (UInt32) throws(FormatError) -> Void) throws(FormatError) {
        try unsafe bytes.withUnsafeBytes { (bytes) throws(FormatError) in
            // SAFETY: the patches lie within the block whole.
            var patch = unsafe Patch(
                bytes, place: places, high: highs * 8, left: patches, width: patchWidth, shift: width)
            while patch.index < range.lowerBound { patch.next() }
            var reader = unsafe BitReader(bytes, at: packed * 8 + range.lowerBound * width)
            for index in range {
                var step = reader.bits(width)
                if patch.index == index {
                    step |= patch.high
                    patch.next()
                }
                try body(step)
            }
        }
    }

    /// Reads the first `count` steps, in a plain loop, and then the patches.
    ///
    /// - Parameter steps: room for as many.
    func read(_ count: Int, into steps: UnsafeMutablePointer<UInt32>) throws(FormatError) {
        try unsafe bytes.withUnsafeBytes { (bytes) throws(FormatError) in
            // SAFETY: there is room for `count`, and the patches lie within the block whole.
            var reader = unsafe BitReader(bytes, at: packed * 8)
            for index in 0..<count { unsafe steps[index] = reader.bits(width) }
            var patch = unsafe Patch(
                bytes, place: places, high: highs * 8, left: patches, width: patchWidth, shift: width)
            while patch.index < count {
                unsafe steps[patch.index] |= patch.high
                patch.next()
            }
        }
    }

    /// Goes through the patches.
    @safe private struct Patch {
        /// The step that the current patch belongs to; none after the last.
        private(set) var index = -1
        private var highs: BitReader
        private var place: UnsafePointer<UInt8>
        private var left: Int
        private let width: Int
        private let shift: UInt64

        /// The first patch.
        init(_ bytes: UnsafeRawBufferPointer, place: Int, high: Int, left: Int, width: Int, shift: Int) {
            unsafe self.place = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self) + place
            unsafe highs = BitReader(bytes, at: high)
            self.left = left
            self.width = width
            self.shift = UInt64(truncatingIfNeeded: shift)
            find()
        }

        /// What the current patch adds above the width.
        var high: UInt32 { UInt32(truncatingIfNeeded: UInt64(highs.peek(width)) &<< shift) }

        mutating func next() {
            highs.skip(width)
            find()
        }

        private mutating func find() {
            guard left > 0 else {
                index = Int.max
                return
            }
            left -= 1
            var byte: UInt8
            repeat {
                // SAFETY: the block has been found to hold as many places as there are patches.
                byte = unsafe place.pointee
                unsafe place += 1
                index += Int(byte)
            } while byte == 255
            index += 1
        }
    }

    /// Appends a block of steps.
    ///
    /// - Parameter bits: room to write bits in.
    static func encode(_ steps: Span<UInt32>, into writer: inout ByteWriter, _ bits: inout BitWriter) {
        let (width, patches, patchWidth) = bestWidth(steps)
        writer.append(UInt8(width) | (patches > 0 ? hasPatches : 0))
        if patches > 0 {
            writer.varint(patches)
            writer.append(UInt8(patchWidth))
        }
        bits.removeAll()
        let mask = UInt32(truncatingIfNeeded: UInt64(1) &<< UInt64(truncatingIfNeeded: width) &- 1)
        for index in steps.indices { bits.append(steps[index] & mask, width) }
        bits.write(to: &writer)
        bits.removeAll()
        guard patches > 0 else { return }
        var since = 0
        for index in steps.indices {
            let high = UInt32(truncatingIfNeeded: UInt64(steps[index]) &>> UInt64(truncatingIfNeeded: width))
            if high > 0 {
                while since >= 255 {
                    writer.append(255)
                    since -= 255
                }
                writer.append(UInt8(since))
                bits.append(high, patchWidth)
                since = 0
            } else {
                since += 1
            }
        }
        bits.write(to: &writer)
        bits.removeAll()
    }

    /// As for ``PatchedBlock``, but for any number of steps.
    private static func bestWidth(_ steps: Span<UInt32>) -> (width: Int, patches: Int, patchWidth: Int) {
        var counts = InlineArray<33, UInt32>(repeating: 0)
        var all: UInt32 = 0
        for index in steps.indices {
            let step = steps[index]
            all |= step
            counts[UInt32.bitWidth &- step.leadingZeroBitCount] &+= 1
        }
        let widest = UInt32.bitWidth - all.leadingZeroBitCount
        var best = (width: widest, patches: 0, patchWidth: 0)
        var least = (steps.count * widest + 7) / 8
        var patches = 0
        var width = widest
        while width > 0 {
            patches += Int(counts[width])
            width -= 1
            let patchWidth = widest - width
            let size = (steps.count * width + 7) / 8 + 3 + patches + (patches * patchWidth + 7) / 8
            if size < least { (least, best) = (size, (width, patches, patchWidth)) }
        }
        return best
    }
}
