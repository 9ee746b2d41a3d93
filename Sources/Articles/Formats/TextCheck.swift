internal import Glibc

/// What readers and decoders ask of bytes.
enum TextCheck {
    /// Length of a UTF-8 byte order mark at the front: 3 or 0.
    static func byteOrderMark(_ bytes: some Sequence<UInt8>) -> Int {
        bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    }

    /// Bytes of the line end at `index`: 1 for LF or CR, 2 for CR LF, 0 for none.
    static func lineEnd(_ bytes: [UInt8], at index: Int) -> Int {
        guard index < bytes.count, bytes[index] == 0x0A || bytes[index] == 0x0D else { return 0 }
        return bytes[index] == 0x0D && index + 1 < bytes.count && bytes[index + 1] == 0x0A ? 2 : 1
    }

    /// Index of the first NUL, or nil.
    static func firstNUL(_ bytes: ArraySlice<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress, let found = unsafe memchr(start, 0, buffer.count) else {
                return nil
            }
            return unsafe bytes.startIndex + (UnsafeRawPointer(found) - start)
        }
    }

    /// Whether `second` follows `first` somewhere in `text`.
    static func holds(_ first: UInt8, _ second: UInt8, _ text: ArraySlice<UInt8>) -> Bool {
        unsafe text.withUnsafeBytes { buffer in
            var index = 0
            // SAFETY: memchr reads the bytes from `index` to the last but one.
            while let start = buffer.baseAddress, index + 1 < buffer.count,
                let found = unsafe memchr(start + index, Int32(first), buffer.count - 1 - index)
            {
                index = unsafe UnsafeRawPointer(found) - start + 1
                if unsafe buffer[index] == second { return true }
            }
            return false
        }
    }

    /// Index of the first byte that is not part of well-formed UTF-8, or nil.
    static func firstInvalidByte(_ bytes: ArraySlice<UInt8>) -> Int? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var index = 0
            let count = buffer.count
            // SAFETY: every read is below `count`.
            while index < count {
                if index &+ 8 <= count,
                    unsafe UnsafeRawPointer(buffer.baseAddress!).loadUnaligned(
                        fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                {
                    index &+= 8
                    continue
                }
                let length = unsafe sequenceLength(buffer, index)
                if length == 0 { return bytes.startIndex + index }
                index &+= length
            }
            return nil
        }
    }

    /// Bytes of the well-formed sequence at `index` (Unicode 15, table 3-7); 0 when it is not well formed.
    @inline(__always)
    private static func sequenceLength(_ text: UnsafeBufferPointer<UInt8>, _ index: Int) -> Int {
        let first = unsafe text[index]
        if first < 0x80 { return 1 }
        let left = text.count &- index
        func continues(_ offset: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) -> Bool {
            unsafe range.contains(text[index &+ offset])
        }
        switch first {
        case 0xC2...0xDF: return left >= 2 && continues(1) ? 2 : 0
        case 0xE0: return left >= 3 && continues(1, 0xA0...0xBF) && continues(2) ? 3 : 0
        case 0xED: return left >= 3 && continues(1, 0x80...0x9F) && continues(2) ? 3 : 0
        case 0xE1...0xEF: return left >= 3 && continues(1) && continues(2) ? 3 : 0
        case 0xF0: return left >= 4 && continues(1, 0x90...0xBF) && continues(2) && continues(3) ? 4 : 0
        case 0xF1...0xF3: return left >= 4 && continues(1) && continues(2) && continues(3) ? 4 : 0
        case 0xF4: return left >= 4 && continues(1, 0x80...0x8F) && continues(2) && continues(3) ? 4 : 0
        default: return 0
        }
    }
}
