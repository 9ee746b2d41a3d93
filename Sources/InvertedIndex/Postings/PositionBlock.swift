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
    /// Where the packed steps begin, in bytes.
    private let packed: Int
    /// Steps whose patch it takes, ascending, and the patch.
    private let patched: [(index: Int, high: UInt32)]

    /// Reads the head and the patches.
    ///
    /// - Parameters:
    ///   - view: begins with the block.
    ///   - count: steps in it.
    init(_ view: ByteView, count: Int) throws(FormatError) {
        var cursor = ByteCursor(view)
        let head: UInt8 = try cursor.integer()
        width = Int(head & ~Self.hasPatches)
        var patches = 0
        var patchWidth = 0
        if head & Self.hasPatches != 0 {
            patches = try cursor.varint(atMost: min(count, view.count))
            patchWidth = Int(try cursor.integer(UInt8.self))
        }
        guard width + patchWidth <= 32 else { throw cursor.error(.valueOutOfRange) }
        packed = cursor.position
        _ = try cursor.bytes((count * width + 7) / 8)
        var patched: [(index: Int, high: UInt32)] = []
        if patches > 0 {
            patched.reserveCapacity(patches)
            var index = -1
            for _ in 0..<patches {
                var byte: UInt8
                repeat {
                    byte = try cursor.integer()
                    index += Int(byte)
                } while byte == 255
                index += 1
                patched.append((index, 0))
            }
            let highs = try cursor.bytes((patches * patchWidth + 7) / 8)
            let width = width
            try unsafe highs.withUnsafeBytes { highs in
                var reader = unsafe BitReader(highs)
                for patch in patched.indices {
                    patched[patch].high = UInt32(
                        truncatingIfNeeded: UInt64(reader.bits(patchWidth)) << UInt64(width))
                }
            }
        }
        self.patched = patched
        bytes = try view.slice(0..<cursor.position).checked()
    }

    /// Calls `body` with the steps in `range`, in order.
    func forEach(_ range: Range<Int>, _ body: (UInt32) throws(FormatError) -> Void) throws(FormatError) {
        var patch = patched.isEmpty ? 0 : firstPatch(notBefore: range.lowerBound)
        try unsafe bytes.withUnsafeBytes { (bytes) throws(FormatError) in
            var reader = unsafe BitReader(bytes, at: packed * 8 + range.lowerBound * width)
            for index in range {
                var step = reader.bits(width)
                if patch < patched.count, patched[patch].index == index {
                    step |= patched[patch].high
                    patch += 1
                }
                try body(step)
            }
        }
    }

    private func firstPatch(notBefore index: Int) -> Int {
        var low = 0
        var high = patched.count
        while low < high {
            let middle = (low + high) / 2
            if patched[middle].index < index { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Appends a block of steps.
    static func encode(_ steps: ArraySlice<UInt32>, into writer: inout ByteWriter) {
        let (width, patches, patchWidth) = bestWidth(steps)
        writer.append(UInt8(width) | (patches > 0 ? hasPatches : 0))
        if patches > 0 {
            writer.varint(patches)
            writer.append(UInt8(patchWidth))
        }
        var bits = BitWriter()
        let mask = UInt32(truncatingIfNeeded: UInt64(1) << UInt64(width) - 1)
        for step in steps { bits.append(step & mask, width) }
        writer.append(contentsOf: bits.bytes)
        guard patches > 0 else { return }
        bits.removeAll()
        var since = 0
        for step in steps {
            let high = UInt64(step) >> UInt64(width)
            if high > 0 {
                while since >= 255 {
                    writer.append(255)
                    since -= 255
                }
                writer.append(UInt8(since))
                bits.append(UInt32(high), patchWidth)
                since = 0
            } else {
                since += 1
            }
        }
        writer.append(contentsOf: bits.bytes)
    }

    /// As for ``PatchedBlock``, but for any number of steps.
    private static func bestWidth(_ steps: ArraySlice<UInt32>) -> (width: Int, patches: Int, patchWidth: Int) {
        var counts = InlineArray<33, UInt32>(repeating: 0)
        var all: UInt32 = 0
        for step in steps {
            all |= step
            counts[UInt32.bitWidth - step.leadingZeroBitCount] += 1
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
