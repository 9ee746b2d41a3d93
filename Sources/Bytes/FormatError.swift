/// What can be wrong with bytes that this project wrote earlier: damage, or a file of another version.
///
/// Every case names the file and, where it has one, the byte offset in it.
public enum FormatError: Error, Equatable, Sendable {
    /// The file ends before `needed` more bytes at `offset`.
    case truncated(file: String, offset: Int, needed: Int, available: Int)
    /// The file does not begin (or end) as a file of this kind does.
    case wrongMagic(file: String, offset: Int)
    /// The file is of a kind or belongs to a segment other than the one asked for.
    case wrongIdentity(file: String, expected: String, found: String)
    /// The file was written in a format version this build does not read.
    case unsupportedVersion(file: String, found: UInt32, supported: UInt32)
    /// The bytes in `offset ..< offset + length` do not have the checksum that was written with them.
    case checksumMismatch(file: String, offset: Int, length: Int, expected: UInt32, found: UInt32)
    /// The bytes at `offset` break a rule of the format.
    case malformed(file: String, offset: Int, rule: Rule)

    /// The rules that readers check beyond lengths and checksums.
    public enum Rule: String, Sendable {
        case varintTooLong = "a variable-length integer runs past ten bytes"
        case valueOutOfRange = "a number is larger than its place allows"
        case offsetOutOfRange = "an offset points outside the file"
        case keysOutOfOrder = "keys are not in ascending order"
        case countMismatch = "two counts that must agree do not"
        case documentsOutOfOrder = "documents in a postings list are not ascending"
        case undecodableBlock = "a compressed block cannot be expanded"
        case unknownKey = "a key is none that a term can have"
        case unreachableKey = "a key is not found where it is looked for"
        case positionOutOfRange = "positions in a paragraph are not ascending, or beyond its length"
        case unknownReference = "a number refers to nothing there is"
        case impactTooSmall = "a block of postings can add more to a score than it says"
        case copyDiffers = "a file and its second copy differ"
    }
}

extension FormatError {
    /// The file it is about.
    public var file: String {
        switch self {
        case .truncated(let file, _, _, _), .wrongMagic(let file, _), .wrongIdentity(let file, _, _),
            .unsupportedVersion(let file, _, _), .checksumMismatch(let file, _, _, _, _),
            .malformed(let file, _, _):
            file
        }
    }
}

extension FormatError: CustomStringConvertible {
    public var description: String {
        let index = Self.index(of: file)
        if case .unsupportedVersion = self {
            return fault
                + "; `suoyin reindex --index \(index)` builds the index anew from its own text if that can be read, else "
                + "index the sources again into a new directory"
        }
        return fault + "; " + Self.advice(index: index)
    }

    /// What to do about a file that is damaged or gone.
    public static func advice(index: String) -> String {
        "`suoyin check --index \(index)` tells what is affected, and with --repair mends it"
    }

    /// The directory of the index that a file is of.
    public static func index(of file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "." }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }

    /// What is wrong and where, without advice.
    public var fault: String {
        switch self {
        case .truncated(let file, let offset, let needed, let available):
            return "\(file): truncated at byte \(offset): \(needed) more bytes expected, \(available) left"
        case .wrongMagic(let file, let offset):
            return "\(file): not a Suoyin index file (byte \(offset))"
        case .wrongIdentity(let file, let expected, let found):
            return "\(file): is \(found), expected \(expected); files of different indexes were mixed"
        case .unsupportedVersion(let file, let found, let supported):
            return "\(file): format version \(found), this build reads version \(supported)"
        case .checksumMismatch(let file, let offset, let length, let expected, let found):
            let hex = { (value: UInt32) in String(value, radix: 16) }
            return "\(file): damaged: bytes \(offset) to \(offset + length) have checksum \(hex(found)), "
                + "expected \(hex(expected))"
        case .malformed(let file, let offset, let rule):
            return "\(file): damaged at byte \(offset): \(rule.rawValue)"
        }
    }
}
