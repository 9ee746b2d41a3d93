internal import Bytes

/// The positions of one block of documents, any of which can be read without those before it.
///
/// ```
/// width u8, its highest bit set when there are patches | where so: patches varint, bits of a patch u8
/// the lowest bits of all steps: each 128 as rows (``BitPacking``), the others one after the other, filled up to a byte
/// where there are patches: for each, the steps since the one before it, u8, 255 standing for 255 and more to come
/// for each what is above the width, in as many bits as said, filled up to a byte
/// ```
/// A step is a document's first position, or the difference to the position before, less one.
struct PositionBlock {
    private static let hasPatches: UInt8 = 0x80

    /// Where the block lies in the view.
    private let range: Range<Int>
    /// Steps in it.
    let count: Int
    /// How many of the steps are in rows.
    private let inRows: Int
    private let width: Int
    private let patches: Int
    private let patchWidth: Int
    /// Where the packed steps begin, the places of the patches, and what is above the width; in bytes from the block's first.
    private let packed: Int
    private let places: Int
    private let highs: Int

    /// Reads the head, and finds the end.
    ///
    /// - Parameters:
    ///   - view: of a term's positions, say. To be handed over again when steps are read: a block is opened for every
    ///     few documents, and keeping a reference would have it counted each time.
    ///   - start: of the block in it.
    ///   - count: steps in it.
    init(_ view: borrowing ByteView, at start: Int = 0, count: Int) throws(FormatError) {
        self.count = count
        inRows = Self.inRows(count)
        let start = max(0, min(start, view.count))
        let head: UInt8 = try view.integer(at: start)
        width = Int(head & ~Self.hasPatches)
        if head & Self.hasPatches != 0 {
            var offset = start + 1
            patches = try view.varint(at: &offset, atMost: min(count, view.count))
            patchWidth = Int(try view.integer(at: offset, as: UInt8.self))
            packed = offset + 1 - start
        } else {
            (patches, patchWidth, packed) = (0, 0, 1)
        }
        guard width + patchWidth <= 32 else {
            throw .malformed(file: view.file, offset: view.origin + start, rule: .valueOutOfRange)
        }
        // Steps are no more than positions can be, so that no product leaves what integers hold.
        places = packed + (count * width + 7) / 8
        var end = start + places
        var left = patches
        while left > 0 {
            // As many bytes as there are places to come, and each of 255 has another behind it.
            left = try unsafe view.withUnsafeBytes(in: end..<end + left) { (bytes) throws(FormatError) in
                var more = 0
                for index in bytes.indices { more &+= unsafe bytes[index] == 255 ? 1 : 0 }
                end += bytes.count
                return more
            }
        }
        highs = end - start
        range = start..<end + (patches * patchWidth + 7) / 8
        guard range.upperBound <= view.count else {
            throw .truncated(
                file: view.file, offset: view.origin + start, needed: range.count, available: view.count - start)
        }
    }

    /// Calls `body` with some steps, in order: the same as ``read(of:into:)`` gives.
    ///
    /// - Parameters:
    ///   - steps: their places among those of the block.
    ///   - view: that the block was opened in.
    @inline(__always)
    func forEach(_ steps: Range<Int>, of view: ByteView, _ body: (UInt32) throws(FormatError) -> Void)
        throws(FormatError)
    {
        try unsafe view.withUnsafeBytes(in: range, ease: BitReader.ease) { (bytes) throws(FormatError) in
            // SAFETY: the places of the patches lie within the range.
            var patch = unsafe Patch(
                bytes, place: places, high: highs * 8, left: patches, width: patchWidth, shift: width)
            while patch.index < steps.lowerBound { patch.next() }
            var reader = unsafe BitReader(bytes, at: packed * 8 + max(inRows, steps.lowerBound) * width)
            for index in steps {
                // SAFETY: the block is in the bytes, and so are all its rows.
                var step =
                    if index < inRows { unsafe BitPacking.value(bytes.baseAddress! + packed, index, width) } else {
                        reader.bits(width)
                    }
                if patch.index == index {
                    step |= patch.high
                    patch.next()
                }
                try body(step)
            }
        }
    }

    /// Reads all steps, in plain loops, and then the patches.
    ///
    /// - Parameters:
    ///   - view: that the block was opened in.
    ///   - steps: room for ``count``.
    func read(of view: ByteView, into steps: UnsafeMutablePointer<UInt32>) throws(FormatError) {
        try unsafe view.withUnsafeBytes(in: range, ease: BitReader.ease) { (bytes) throws(FormatError) in
            // SAFETY: the block is in the bytes, there is room for `count`, and the places of the patches lie within the range.
            for first in stride(from: 0, to: inRows, by: BitPacking.blockSize) {
                let rows = unsafe bytes.baseAddress! + packed + first * width / 8
                unsafe BitPacking.unpack(rows, width: width, into: steps + first)
            }
            var reader = unsafe BitReader(bytes, at: packed * 8 + inRows * width)
            unsafe reader.read(count - inRows, width, into: steps + inRows)
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
        private let placesEnd: UnsafePointer<UInt8>
        private var left: Int
        private let width: Int
        private let shift: UInt64

        /// The first patch.
        ///
        /// - Parameters:
        ///   - place: where places begin in the bytes.
        ///   - high: the bit where what is above the width begins, in the byte that places end at.
        init(_ bytes: UnsafeRawBufferPointer, place: Int, high: Int, left: Int, width: Int, shift: Int) {
            let start = unsafe bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
            unsafe self.place = start + place
            unsafe placesEnd = start + high / 8
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
            left -= 1
            var byte: UInt8
            repeat {
                // The end comes early only where the bytes are not those that the block was opened in.
                guard left >= 0, unsafe place < placesEnd else {
                    index = Int.max
                    return
                }
                // SAFETY: before the end of the places.
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
        let inRows = inRows(steps.count)
        unsafe steps.withUnsafeBufferPointer { steps in
            for first in stride(from: 0, to: inRows, by: BitPacking.blockSize) {
                // SAFETY: 128 steps are left.
                unsafe BitPacking.pack(steps.baseAddress! + first, width: width, into: &writer)
            }
        }
        bits.removeAll()
        let mask = UInt32(truncatingIfNeeded: UInt64(1) &<< UInt64(truncatingIfNeeded: width) &- 1)
        for index in inRows..<steps.count { bits.append(steps[index] & mask, width) }
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

    /// How many of `count` steps are in rows: those that fill blocks of them.
    private static func inRows(_ count: Int) -> Int { count / BitPacking.blockSize * BitPacking.blockSize }

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
