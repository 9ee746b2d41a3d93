internal import ICU

/// The name of an encoding that files can be read in, in one spelling whatever alias it was given by.
///
/// GBK and GB2312 are called `GB18030`, and Big5 and Windows code page 950 `Big5-HKSCS`: each decodes the smaller ones
/// byte for byte (but for one block element of code page 950), and no text tells them apart that both can hold.
public struct EncodingName: Hashable, Sendable, CustomStringConvertible {
    /// How its text is cut at line ends without decoding it.
    enum Shape {
        case utf8
        case utf16LittleEndian
        case utf16BigEndian
        /// UTF-16 whose byte order a mark tells, or has to be found out.
        case utf16
        /// ASCII bytes are ASCII characters; at most the digits and letters also end a longer character.
        case asciiSuperset
    }

    /// The canonical name.
    public let description: String
    /// ICU's name for it.
    let converter: String
    let shape: Shape

    /// Whether it is UTF-16 of any byte order.
    var isWide: Bool {
        switch shape {
        case .utf16, .utf16LittleEndian, .utf16BigEndian: true
        case .utf8, .asciiSuperset: false
        }
    }

    private init(_ name: String, converter: String? = nil, _ shape: Shape) {
        description = name
        self.converter = converter ?? name
        self.shape = shape
    }

    public static let utf8 = EncodingName("UTF-8", .utf8)
    public static let utf16LittleEndian = EncodingName("UTF-16LE", .utf16LittleEndian)
    public static let utf16BigEndian = EncodingName("UTF-16BE", .utf16BigEndian)
    /// Only as something asked for: a file's own encoding has a byte order.
    public static let utf16 = EncodingName("UTF-16", converter: "UTF-16LE", .utf16)
    public static let gb18030 = EncodingName("GB18030", .asciiSuperset)
    public static let big5 = EncodingName("Big5-HKSCS", .asciiSuperset)
    public static let eucTW = EncodingName("EUC-TW", .asciiSuperset)

    /// The encodings of Chinese text, as a message names them.
    public static let known = "UTF-8, UTF-16LE, UTF-16BE, GB18030, GBK, GB2312, Big5, Big5-HKSCS, EUC-TW"

    /// The encoding of this name or alias; case and punctuation do not matter.
    ///
    /// - Returns: nil for a name that ICU does not know, and for encodings in which a byte's meaning hangs on escape
    ///   sequences before it or ASCII bytes are not ASCII: HZ, ISO 2022, UTF-7, UTF-32, EBCDIC.
    public init?(_ name: String) {
        let plain = name.utf8.filter { $0 != 0x2D && $0 != 0x5F && $0 != 0x20 }
        switch String(decoding: plain, as: UTF8.self).lowercased() {
        case "utf8", "utf8sig", "ascii", "usascii": self = .utf8
        case "utf16le": self = .utf16LittleEndian
        case "utf16be": self = .utf16BigEndian
        case "utf16": self = .utf16
        case "gb18030", "gbk", "gb2312", "gb231280", "euccn", "cp936", "ms936", "windows936", "xgbk", "936":
            self = .gb18030
        case "big5", "big5hkscs", "hkscs", "big5hk", "cp950", "ms950", "windows950", "xxbig5", "xbig5", "big5eten",
            "950":
            self = .big5
        case "euctw", "xeuctw", "cp964", "ibm964": self = .eucTW
        default:
            guard !name.isEmpty, name.utf8.count < 60, let converter = try? Converter(name),
                Self.keepsASCII(converter)
            else { return nil }
            self.init(converter.name, .asciiSuperset)
        }
    }

    /// Whether every ASCII byte by itself is the ASCII character.
    private static func keepsASCII(_ converter: Converter) -> Bool {
        switch converter.layout {
        case .singleByte, .multiByte: break
        case .utf8, .utf16LittleEndian, .utf16BigEndian, .other: return false
        }
        return (0x20..<0x7F).allSatisfy {
            (try? converter.encode(String(Unicode.Scalar(UInt8($0))))) == [UInt8($0)]
        }
            && (try? converter.encode("\n")) == [0x0A] && (try? converter.encode("\r")) == [0x0D]
    }

    public static func == (left: EncodingName, right: EncodingName) -> Bool {
        left.description == right.description
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(description) }
}

/// The encoding of a file, and how it was found.
public struct TextEncoding: Equatable, Sendable {
    /// What told the encoding, the surest first.
    public enum Origin: String, Sendable {
        /// The caller said so.
        case override
        case byteOrderMark
        /// It is well-formed UTF-8, which text of another encoding hardly ever is.
        case strictUTF8
        /// The file names its encoding, and what it decodes to looks like text.
        case declared
        /// Of the encodings tried, what it decodes to looks most like Chinese.
        case detected
    }

    public var name: EncodingName
    /// 0 to 100; 100 when nothing was guessed.
    public var confidence: Int
    public var origin: Origin

    public init(_ name: EncodingName, confidence: Int = 100, origin: Origin) {
        self.name = name
        self.confidence = confidence
        self.origin = origin
    }
}

/// How files are to be decoded.
public struct DecodingOptions: Equatable, Sendable {
    /// The encoding to read the file in, whatever it looks like.
    public var encoding: EncodingName?
    /// Whether a file with bytes that mean nothing in its encoding is refused.
    public var isStrict: Bool

    public init(encoding: EncodingName? = nil, isStrict: Bool = false) {
        self.encoding = encoding
        self.isStrict = isStrict
    }
}
