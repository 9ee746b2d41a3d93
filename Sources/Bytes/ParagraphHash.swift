/// The fingerprint of a paragraph's text that a citation carries: the ``ContentHash`` of its UTF-8.
///
/// It is compared with those of one article's paragraphs, so 64 bits are plenty: among a million paragraphs, two that
/// differ would share one once in 37 million articles. It guards against accident, not against forgers.
public struct ParagraphHash: Hashable, Sendable, CustomStringConvertible {
    public let value: UInt64

    /// - Parameter text: UTF-8, as it is printed. O(bytes).
    public init(of text: some Sequence<UInt8>) { value = ContentHash.of(Array(text)) }

    /// Reads sixteen hexadecimal digits; nil when there is anything else.
    public init?(_ digits: String) {
        guard digits.utf8.count == 16, digits.utf8.allSatisfy({ Self.isDigit($0) }),
            let value = UInt64(digits, radix: 16)
        else { return nil }
        self.value = value
    }

    /// Sixteen hexadecimal digits in lower case.
    public var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x46).contains(byte) || (0x61...0x66).contains(byte)
    }
}
