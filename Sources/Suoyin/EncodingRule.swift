public import Articles
public import Model

/// Says in which encoding the files that a pattern matches are to be read.
///
/// A pattern without `/` is matched with a file's name, wherever it lies; one with `/` with the path relative to the
/// directory indexed, with the path from the working directory, and with the absolute path.
public struct EncodingRule: Equatable, Sendable {
    public var glob: Glob
    public var encoding: EncodingName
    /// Whether it stands for whatever may come: then it is no mistake that no file matches.
    public var isStanding: Bool

    public init(_ glob: Glob, _ encoding: EncodingName, isStanding: Bool = false) {
        self.glob = glob
        self.encoding = encoding
        self.isStanding = isStanding
    }

    /// Reads `GLOB=NAME`; the last `=` parts them.
    public init(parsing rule: [UInt8]) throws(EncodingRuleError) {
        let text = String(decoding: rule, as: UTF8.self)
        guard let equals = rule.lastIndex(of: UInt8(ascii: "=")), equals > 0 else { throw .notARule(text) }
        let name = String(decoding: rule[(equals + 1)...], as: UTF8.self)
        guard let encoding = EncodingName(name) else { throw .unknownEncoding(name) }
        self.init(Glob(rule[..<equals]), encoding)
    }

    /// - Parameter directory: the working directory.
    func matches(_ file: FoundFile, from directory: Path) -> Bool {
        glob.matches(file.path, id: file.id, from: directory)
    }
}

extension [EncodingRule] {
    /// The encoding that the last rule which matches the file says; nil when none does.
    ///
    /// - Parameter directory: the working directory.
    func encoding(of file: FoundFile, from directory: Path) -> EncodingName? {
        last { $0.matches(file, from: directory) }?.encoding
    }
}

/// Why a rule for encodings cannot be used.
public enum EncodingRuleError: Error, Equatable, Sendable, CustomStringConvertible {
    /// No pattern, `=` and name.
    case notARule(String)
    /// The name is none of an encoding that files can be read in.
    case unknownEncoding(String)

    public var description: String {
        switch self {
        case .notARule(let text): "\"\(text)\" is not GLOB=NAME, as in 'old/**=GBK'"
        case .unknownEncoding(let name):
            "no encoding \"\(name)\" to read files in; known are \(EncodingName.known), and the single-byte and "
                + "East Asian ones of ICU that hold ASCII"
        }
    }
}
