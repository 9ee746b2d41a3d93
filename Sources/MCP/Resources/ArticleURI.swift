internal import JSON

/// The addresses of articles as resources: `suoyin://article/` and the id, percent-encoded.
///
/// An id is bytes, and any bytes have an address. It names what the index holds under this id, and nothing else: it is never
/// taken for a path.
enum ArticleURI {
    private static let prefix = "suoyin://article/"

    static let template: JSONValue = [
        "uriTemplate": .string(prefix + "{id}"), "name": "article",
        "description": "The text of an article, by its id as search and articles give it.",
        "mimeType": "text/plain",
    ]

    static func string(_ id: [UInt8]) -> String { prefix + PercentEncoding.encode(id) }

    /// The id that an address holds; nil for other addresses.
    static func id(_ uri: String) -> [UInt8]? {
        guard uri.utf8.starts(with: prefix.utf8), uri.utf8.count > prefix.utf8.count else { return nil }
        return PercentEncoding.decode(uri.utf8.dropFirst(prefix.utf8.count))
    }

    /// The id of an article that is named by its id or its address.
    static func id(named name: String) -> [UInt8] { id(name) ?? Array(name.utf8) }
}

/// Percent-encoding (RFC 3986) of bytes: all but letters, digits and `-._~` become `%` and two digits.
enum PercentEncoding {
    static func encode(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var text: [UInt8] = []
        for byte in bytes {
            if isUnreserved(byte) {
                text.append(byte)
            } else {
                text += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Also of what need not have been encoded; nil where a `%` has no two digits behind it.
    static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
        var bytes: [UInt8] = []
        var rest = Array(text)[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return bytes
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"):
            true
        default: false
        }
    }
}
