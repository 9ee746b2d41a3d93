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
    /// Lines of a JSONL file were read in another encoding than the rest of it.
    case mixedEncodings(Path, MixedLines)
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

    /// A compressed file is damaged or cut short at byte `offset`, after `unpacked` bytes of text.
    case damagedStream(Path, Compression, offset: Int, unpacked: Int)
    /// It would unpack to more than `limit` bytes: of a file that has to be held whole, or of one line.
    case unpacksTooLarge(Path, limit: Int)
    /// Not the zip archive that its name says it is.
    case badArchive(Path, ArchiveProblem)
    /// The document cannot be read without this file in its archive.
    case badMember(Path, member: [UInt8], MemberProblem)
    /// A chapter, or the like, is left out because of the file it is in; the others are indexed.
    case partLeftOut(Path, member: [UInt8], MemberProblem)
    /// Bytes of a file in the archive were replaced by U+FFFD; the rest is as it should be.
    case replacedInMember(Path, member: [UInt8], Undecodable)
    /// Locked by what is called digital rights management.
    case protected(Path)
    /// pdftotext is not installed.
    case noPDFReader(Path)
    /// pdftotext refused the file, with this message.
    case unreadablePDF(Path, message: [UInt8])
    /// pdftotext took longer than this.
    case slowPDF(Path, seconds: Int)
    /// pdftotext could not be run; `code` is the system's error number.
    case noProcess(Path, code: Int32)
    /// A document that is there, without any text; a warning.
    case noText(Path)

    /// What is wrong with an archive.
    public enum ArchiveProblem: String, Sendable {
        case notAZip = "no zip archive, or one cut short; get it anew, or rename it to what it is"
        case notOpen = "encrypted with a password, or an old Word document; save it as .docx without a password"
        case noDocument =
            "a zip archive, but no such document: nothing in it says what to read; save it anew with the program it is from"
    }

    /// What is wrong with a file in an archive.
    public enum MemberProblem: Equatable, Sendable {
        case missing
        case encrypted
        /// Its bytes are not what the archive says they are.
        case damaged
        /// Packed in a way that is not read; zip's number for it.
        case unknownMethod(Int)
        case notText
        case undecodable(Undecodable)
        case tooComplex
        case notWellFormed(line: Int, offset: Int)
    }

    /// What is wrong with a JSONL line.
    public enum LineProblem: String, Sendable {
        case notJSON = "not valid JSON"
        case notAnObject = "not a JSON object"
        case missingID = "no \"id\""
        case emptyID = "\"id\" is empty"
        case missingText = "no \"text\""
        case typeOfID = "\"id\" must be a string or a number"
        case typeOfTitle = "\"title\" must be a string"
        case typeOfText = "\"text\" must be a string"
        case typeOfDate = "\"date\" must be a string or a number"
        case tooDeep = "nested more than 512 deep"
        case undecodable = "bytes that mean nothing in its encoding"
    }

    /// The file it is about.
    public var path: Path {
        switch self {
        case .missing(let path), .unreadable(let path, _), .notAFile(let path), .symlinkLoop(let path),
            .changing(let path), .binary(let path, _), .replaced(let path, _), .mixedEncodings(let path, _),
            .undecodable(let path, _),
            .unknownEncoding(let path), .noConverter(let path, _), .badLine(let path, _, _, _),
            .duplicateID(let path, _, _, _), .parserFailed(let path), .markupTooComplex(let path),
            .notWellFormed(let path, _, _), .damagedStream(let path, _, _, _), .unpacksTooLarge(let path, _),
            .badArchive(let path, _), .badMember(let path, _, _), .partLeftOut(let path, _, _),
            .replacedInMember(let path, _, _), .protected(let path), .noPDFReader(let path),
            .unreadablePDF(let path, _), .slowPDF(let path, _), .noProcess(let path, _), .noText(let path):
            path
        }
    }

    /// Whether everything in the file is indexed all the same.
    public var isWarning: Bool {
        switch self {
        case .replaced, .mixedEncodings, .notWellFormed, .replacedInMember, .noText: true
        default: false
        }
    }

    /// Whether only a part of the file is left out, a line, a chapter or what is behind damage, and the rest is indexed.
    public var concernsOnePart: Bool {
        switch self {
        case .badLine, .duplicateID, .damagedStream, .partLeftOut: true
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
        case .mixedEncodings(_, let lines):
            return "\(name): \(lines); if that is wrong, name the encoding with --encoding"
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
        case .damagedStream(_, let compression, let offset, let unpacked):
            // Only lines of JSON are read piece by piece; of any other format nothing is left.
            let remedy =
                ArticleFormat(of: path) == .jsonLines
                ? "whole lines before that are indexed, get the file anew for the rest"
                : "skipped, get the file anew"
            return
                "\(name): \(compression.rawValue) data damaged or cut short at byte \(offset), after \(unpacked) bytes "
                + "of text; \(remedy)"
        case .unpacksTooLarge(_, let limit):
            return "\(name): unpacks to more than \(limit >> 20) MB; skipped, split it up"
        case .badArchive(_, let problem): return "\(name): \(problem.rawValue)"
        case .badMember(_, let member, let problem): return "\(name): \(Self.text(member)) in it \(problem)"
        case .partLeftOut(_, let member, let problem):
            return "\(name): \(Self.text(member)) in it \(problem); left out"
        case .replacedInMember(_, let member, let places):
            return "\(name): \(Self.text(member)) in it: \(places); replaced by U+FFFD"
        case .protected: return "\(name): protected (DRM); only its own reader can open it"
        case .noPDFReader: return "\(name): not read, since pdftotext is not installed"
        case .unreadablePDF(_, let message): return "\(name): pdftotext cannot read it: \(Self.text(message))"
        case .slowPDF(_, let seconds):
            return "\(name): pdftotext was ended after \(seconds) s; skipped, split it up or save it as text"
        case .noProcess(_, let code):
            return unsafe "\(name): pdftotext could not be run: \(String(cString: strerror(code)))"
        case .noText: return "\(name): no text in it; scanned pages need OCR first"
        }
    }

    private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension ArticlesError.MemberProblem: CustomStringConvertible {
    /// Goes on after the name of the file in the archive.
    public var description: String {
        switch self {
        case .missing: "is missing"
        case .encrypted: "is encrypted"
        case .damaged: "is damaged"
        case .unknownMethod(let number): "is packed by method \(number), which is not read"
        case .notText: "is no text in an encoding that was tried"
        case .undecodable(let places): "cannot be decoded: \(places)"
        case .tooComplex: "is nested too deep or too tangled"
        case .notWellFormed(let line, let offset): "is not well-formed XML in line \(line), at byte \(offset)"
        }
    }
}
