public import Model

/// How results are shown to people.
public struct TextStyle: Sendable {
    /// Uses ANSI colours; without them, nothing marks what matched.
    public var hasColour: Bool
    /// Paths below this directory are shown relative to it.
    public var directory: Path?
    /// Unicode scalars that are shown of a paragraph near a hit; 0 for all.
    public var neighbourLimit: Int
    /// Columns to wrap text in; 0 for as many as there are.
    public var columns = 0
    /// The name of this machine, for links from paths to their files (OSC 8); nil for none.
    public var linkHost: [UInt8]?

    public init(hasColour: Bool = false, directory: Path? = nil, neighbourLimit: Int = 0) {
        self.hasColour = hasColour
        self.directory = directory
        self.neighbourLimit = neighbourLimit
    }
}

extension TextStyle {
    /// What a piece of text is, told by its colour.
    enum Colour: String {
        case heading = "1"
        case place = "35"
        case score = "2"
        // Colours reset first, as no two cases may have one value.
        case context = "0;2"
        case match = "1;31"
    }

    func colour(_ colour: Colour, _ text: String) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The path as it is shown.
    func shown(_ path: Path) -> Path { path.shown(from: directory) }

    /// A place in a file, linked to it.
    ///
    /// - Parameters:
    ///   - path: absolute.
    ///   - rest: what follows the path, such as a line.
    func place(_ path: Path, _ rest: String = "") -> String {
        let text = colour(.place, PrintableText.printable(shown(path).lossyString + rest))
        guard let linkHost, path.isAbsolute else { return text }
        let address = (linkHost + path.bytes).map(Self.encoded).joined()
        return "\u{1B}]8;;file://\(address)\u{1B}\\\(text)\u{1B}]8;;\u{1B}\\"
    }

    /// A line as a terminal of ``columns`` shows it best.
    func wrapped(_ line: String) -> String { columns > 0 ? LineWrap.wrapped(line, columns: columns) : line }

    /// A byte of an address, percent-encoded but for what RFC 3986 leaves as it is.
    private static func encoded(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
            UInt8(ascii: "~"), UInt8(ascii: "/"):
            String(Unicode.Scalar(byte))
        default: "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
    }
}
