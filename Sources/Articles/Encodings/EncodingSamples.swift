/// Stretches of a file from which its encoding is judged, so that judging takes the same time whatever its size.
///
/// Each begins where a character begins in every encoding that keeps ASCII, and at something that is not ASCII:
/// what a file of a megabyte of ASCII and one Han character is in shows at that character only.
struct EncodingSamples {
    /// Bytes of a sample, and the whole of a file no larger than three.
    static let size = 1 << 14

    private(set) var ranges: [Range<Int>] = []

    init(_ bytes: ArraySlice<UInt8>) {
        guard bytes.count > 3 * Self.size else {
            ranges = [bytes.indices]
            return
        }
        for part in 0..<3 {
            let partStart = bytes.startIndex + bytes.count / 3 * part
            let partEnd = part == 2 ? bytes.endIndex : bytes.startIndex + bytes.count / 3 * (part + 1)
            var start = max(partStart, ranges.last?.upperBound ?? partStart)
            // A byte below 0x30 never ends a longer character.
            if start > bytes.startIndex {
                while start < partEnd, bytes[start] >= 0x30 || bytes[start] == 0 { start += 1 }
            }
            while start < partEnd, bytes[start] < 0x80, bytes[start] != 0 { start += 1 }
            if start < partEnd { ranges.append(start..<min(bytes.endIndex, start + Self.size)) }
        }
    }

    /// The samples for units of two bytes.
    func wide(_ bytes: ArraySlice<UInt8>) -> [Range<Int>] {
        let found = ranges.isEmpty ? [bytes.startIndex..<min(bytes.endIndex, bytes.startIndex + Self.size)] : ranges
        return found.map { range in
            let start = range.lowerBound - (range.lowerBound - bytes.startIndex) % 2
            // An odd byte at the very end is a mistake of the file, elsewhere one of sampling.
            let isOdd = range.upperBound < bytes.endIndex && (range.upperBound - start) % 2 == 1
            return start..<(isOdd ? range.upperBound - 1 : range.upperBound)
        }
    }
}
