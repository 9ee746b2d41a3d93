public import Model
internal import Glibc

/// Why a file, or a line of one, gives no article. One such problem never stops the others.
public enum ArticlesError: Error, Equatable, Sendable {
    /// The path names nothing.
    case missing(Path)
    /// The system refused to open or read it; `code` is its error number.
    case unreadable(Path, code: Int32)
    /// Neither a regular file nor a directory: a socket, a device, a pipe.
    case notAFile(Path)
    /// A symbolic link that leads back to a directory being walked.
    case symlinkLoop(Path)
    /// The file kept changing while it was read.
    case changing(Path)
    /// A NUL byte: not text.
    case binary(Path, offset: Int)
    /// Bytes that mean nothing in the file's encoding were replaced by U+FFFD; the rest is as it should be.
    case replaced(Path, Undecodable)
    /// Bytes mean nothing in the file's encoding, and such files were to be refused.
    case undecodable(Path, Undecodable)
    /// The bytes look like text in none of the encodings tried.
    case unknownEncoding(Path)
    /// ICU cannot decode the encoding, or not here.
    case noConverter(Path, EncodingName)
    /// A line of a JSONL file is not an article.
    case badLine(Path, line: Int, offset: Int, LineProblem)
    /// The id was given to an article earlier in the same file.
    case duplicateID(Path, line: Int, id: [UInt8], firstLine: Int)
    /// The Markdown parser ran out of memory.
    case parserFailed(Path)
    /// HTML nested beyond all need, or made to use up memory.
    case markupTooComplex(Path)
    /// XML with an error at `offset`. It was read as what it seems to mean; a warning.
    case notWellFormed(Path, line: Int, offset: Int)

    /// What is wrong with a JSONL line.
    public enum LineProblem: String, Sendable {
        case notJSON = "not valid JSON"
        case notAnObject = "not a JSON object"
        case missingID = "no \"id\""
        case missingText = "no \"text\""
        case wrongType = "\"id\", \"title\", \"text\" and \"date\" must be strings"
        case tooDeep = "nested more than 512 deep"
    }

    /// The file it is about.
    public var path: Path {
        switch self {
        case .missing(let path), .unreadable(let path, _), .notAFile(let path), .symlinkLoop(let path),
            .changing(let path), .binary(let path, _), .replaced(let path, _), .undecodable(let path, _),
            .unknownEncoding(let path), .noConverter(let path, _), .badLine(let path, _, _, _),
            .duplicateID(let path, _, _, _), .parserFailed(let path), .markupTooComplex(let path),
            .notWellFormed(let path, _, _):
            path
        }
    }

    /// Whether everything in the file is indexed all the same.
    public var isWarning: Bool {
        switch self {
        case .replaced, .notWellFormed: true
        default: false
        }
    }

    /// Whether the rest of the file is indexed all the same.
    public var concernsOneLine: Bool {
        switch self {
        case .badLine, .duplicateID: true
        default: false
        }
    }
}

extension ArticlesError: CustomStringConvertible {
    public var description: String {
        let name = path.lossyString
        switch self {
        case .missing: return "\(name): no such file or directory"
        case .unreadable(_, let code): return unsafe "\(name): cannot be read: \(String(cString: strerror(code)))"
        case .notAFile: return "\(name): neither a file nor a directory; skipped"
        case .symlinkLoop: return "\(name): symbolic link loop; skipped"
        case .changing: return "\(name): changed while it was read; index it again when it is at rest"
        case .binary(_, let offset):
            return "\(name): binary file (NUL at byte \(offset)); skipped; "
                + "if it is text in UTF-16, name its encoding"
        case .replaced(_, let places): return "\(name): \(places); replaced by U+FFFD"
        case .undecodable(_, let places):
            return "\(name): \(places); refused because of --strict, repair the file or name its encoding"
        case .unknownEncoding: return "\(name): text in no encoding that was tried; name it with --encoding"
        case .noConverter(_, let encoding): return "\(name): the system's ICU cannot decode \(encoding)"
        case .badLine(_, let line, let offset, let problem):
            return "\(name):\(line): \(problem.rawValue) (byte \(offset)); line skipped"
        case .duplicateID(_, let line, let id, let firstLine):
            return "\(name):\(line): id \"\(String(decoding: id, as: UTF8.self))\" was given on line \(firstLine); "
                + "line skipped"
        case .markupTooComplex:
            return "\(name): the HTML is nested more than \(HTMLTree.depthLimit) deep or too tangled; "
                + "save it anew, or as text"
        case .notWellFormed(_, let line, let offset):
            return "\(name):\(line): not well-formed XML at byte \(offset); read as far as it makes sense"
        case .parserFailed: return "\(name): the Markdown parser ran out of memory"
        }
    }
}
