internal import Model

extension BlockBuilder {
    /// White space as HTML has it.
    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) && byte != 0x0B }

    static func isIndent(_ run: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe run.starts(with: [0xE3, 0x80, 0x80]) || run.starts(with: [0xC2, 0xA0, 0xC2, 0xA0])
    }

    /// Whether a line end between the two is no space.
    static func joinsLines(_ before: [UInt8], _ after: UnsafeBufferPointer<UInt8>) -> Bool {
        unsafe before.withUnsafeBufferPointer { before in
            var last = before.count - 1
            while last > 0, unsafe before[last] & 0xC0 == 0x80 { last -= 1 }
            return unsafe isWide(UTF8Decoder.scalar(before, at: last).scalar)
                && isWide(UTF8Decoder.scalar(after, at: 0).scalar)
        }
    }

    static func isWide(_ scalar: UInt32) -> Bool {
        let isHangul =
            (0x1100...0x11FF).contains(scalar) || (0xA960...0xA97F).contains(scalar)
            || (0xAC00...0xD7FF).contains(scalar)
        return DisplayWidth.isWide(scalar) && !isHangul
    }
}
