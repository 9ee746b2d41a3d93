public import Articles
public import Model

/// Says in which encoding the files that a pattern means are to be read.
public struct EncodingRule: Equatable, Sendable {
    public var pattern: PathPattern
    public var encoding: EncodingName
    /// Whether it stands for whatever may come: then it is no mistake that no file matches.
    public var isStanding: Bool

    public init(_ pattern: PathPattern, _ encoding: EncodingName, isStanding: Bool = false) {
        self.pattern = pattern
        self.encoding = encoding
        self.isStanding = isStanding
    }

    /// Reads `GLOB=NAME`; the last `=` parts them.
    public init(parsing rule: [UInt8]) throws(EncodingRuleError) {
        let text = String(decoding: rule, as: UTF8.self)
        guard let equals = rule.lastIndex(of: UInt8(ascii: "=")), equals > 0 else { throw .notARule(text) }
        let name = String(decoding: rule[(equals + 1)...], as: UTF8.self)
        guard let encoding = EncodingName(name) else { throw .unknownEncoding(name) }
        self.init(PathPattern(rule[..<equals]), encoding)
    }

    /// - Parameter directory: the working directory.
    func matches(_ file: FoundFile, from directory: Path) -> Bool {
        pattern.covers(file.path, id: file.id, from: directory)
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
