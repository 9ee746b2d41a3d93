internal import Bytes
internal import CZstd

/// Expands frames into memory that it keeps. One decoder serves one thread.
struct FrameDecoder {
    private var symbols: [UInt16] = []

    /// Expands a frame; false for what no encoder writes. `frame` is undefined then.
    ///
    /// Checked, in this order: the encoding, the length of the texts against that of the frame, the number of
    /// paragraphs likewise, the columns, the texts, their checksum, the places.
    ///
    /// - Parameters:
    ///   - count: paragraphs in it.
    ///   - vocabulary: nil when the segment has none.
    mutating func decode(_ bytes: ByteView, count: Int, _ vocabulary: TextVocabulary?, into frame: inout TextFrame)
        throws(FormatError) -> Bool
    {
        var cursor = ByteCursor(bytes)
        let kind = try cursor.integer(UInt8.self)
        guard let encoding = StoredTextFormat.Encoding(rawValue: kind & ~StoredTextFormat.partsFlag) else {
            return false
        }
        let hasParts = kind & StoredTextFormat.partsFlag != 0
        let checksum = try cursor.integer(UInt32.self)
        let size = try cursor.varint(atMost: Int(UInt32.max))
        guard size <= cursor.remaining << StoredTextFormat.expansionBits,
            count <= cursor.remaining * 8 / PlaceColumns.leastBits
        else { return false }
        let start = cursor.position
        return try unsafe bytes.withUnsafeBytes { (buffer) throws(FormatError) in
            var reader = unsafe BitReader(buffer, at: start * 8)
            let isZstd = encoding == .zstd
            guard
                let columns = PlaceColumns.Columns(
                    &reader, count: count, withLengths: isZstd, withParts: hasParts)
            else { return false }
            if isZstd {
                let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[reader.align()...])
                guard unsafe Self.expand(rest, size: size, into: &frame.texts),
                    Self.sum(columns.lengths, upTo: size, into: &frame.ends)
                else { return false }
            } else {
                guard let vocabulary, expand(&reader, vocabulary, size: size, count: count, into: &frame) else {
                    return false
                }
            }
            return StoredTextFormat.checksum(frame.texts) == checksum && columns.fill(&frame)
        }
    }

    private static func expand(_ bytes: UnsafeRawBufferPointer, size: Int, into texts: inout [UInt8]) -> Bool {
        // SAFETY: zstd writes at most `size` bytes and says how many.
        texts = unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let written = unsafe ZSTD_decompress(buffer.baseAddress, size, bytes.baseAddress, bytes.count)
            count = ZSTD_isError(written) == 0 ? min(written, size) : 0
        }
        return texts.count == size
    }

    /// Where texts of these lengths end; false unless they add up to `size`.
    private static func sum(_ lengths: [UInt64], upTo size: Int, into ends: inout [Int]) -> Bool {
        ends.removeAll(keepingCapacity: true)
        var end = 0
        for length in lengths {
            guard length <= UInt64(size - end) else { return false }
            end += Int(length)
            ends.append(end)
        }
        return end == size
    }

    private mutating func expand(
        _ reader: inout BitReader, _ vocabulary: TextVocabulary, size: Int, count: Int, into frame: inout TextFrame
    ) -> Bool {
        // Every symbol is a byte at least, or the end of a text.
        let limit = size + count
        if symbols.count < limit { symbols = [UInt16](repeating: 0, count: limit) }
        var number = 0
        let isWhole = unsafe symbols.withUnsafeMutableBufferPointer { symbols in
            vocabulary.code.withDecoder { code in
                unsafe Self.readSymbols(&reader, code, into: symbols, count: &number, ends: count)
            }
        }
        guard isWhole, !reader.isPastEnd else { return false }
        var isExact = false
        let room = size + TextSymbol.longestToken
        frame.texts = unsafe [UInt8](unsafeUninitializedCapacity: room) { texts, filled in
            isExact = unsafe symbols.withUnsafeBufferPointer { symbols in
                unsafe vocabulary.expand(
                    UnsafeBufferPointer(rebasing: symbols[..<number]),
                    into: UnsafeMutableBufferPointer(start: texts.baseAddress, count: room), ends: &frame.ends,
                    count: count)
            }
            filled = isExact ? size : 0
        }
        return isExact
    }

    /// Reads symbols, and carries copies out, until `ends` texts have ended; false when there is no room for them.
    private static func readSymbols(
        _ reader: inout BitReader, _ code: PrefixCode.Decoder, into symbols: UnsafeMutableBufferPointer<UInt16>,
        count: inout Int, ends: Int
    ) -> Bool {
        // A copy of its own, which no one else can see, stays in registers.
        var local = reader
        defer { reader = local }
        var number = 0
        var left = ends
        while left > 0 {
            let symbol = code.next(&local)
            if symbol < TextSymbol.firstCopy || symbol >= TextSymbol.firstToken {
                guard number < symbols.count else { return false }
                // SAFETY: the guard above.
                unsafe symbols[number] = UInt16(truncatingIfNeeded: symbol)
                number &+= 1
                if symbol == TextSymbol.end { left &-= 1 }
                continue
            }
            let copy = symbol &- TextSymbol.firstCopy
            let distance = 1 << (copy & 15) | Int(local.bits(copy & 15))
            let length = TextSymbol.copyLengths[copy >> 4] &+ Int(local.bits(TextSymbol.copyBits[copy >> 4]))
            guard distance <= number, length <= symbols.count &- number else { return false }
            for _ in 0..<length {
                // SAFETY: `distance <= number < symbols.count`.
                let symbol = unsafe symbols[number &- distance]
                unsafe symbols[number] = symbol
                number &+= 1
                if symbol == TextSymbol.end { left &-= 1 }
            }
        }
        count = number
        // A copy may have brought more ends than are wanted, but then not from any encoder.
        return left == 0
    }
}
