internal import Model

/// Given a PDF, gives one article: its text as poppler's pdftotext extracts it, in paragraphs.
///
/// A paragraph's place is its page, and bytes and line in all of that text: in what `pdftotext -enc UTF-8 -eol unix FILE -`
/// writes. Lines cut at a width are joined (``HardWrap``), but not over the end of a page.
enum PDFReader {
    static let program = "pdftotext"
    /// What a file may take; a book of a thousand pages takes some ten.
    static let timeLimit = 120
    /// Bytes of text that a file may have.
    static let textLimit = 256 << 20
    /// Characters of pdftotext's message that are passed on.
    private static let messageLimit = 200

    static func article(_ file: FoundFile, problems: inout [ArticlesError]) throws(ArticlesError) -> Article {
        let text = try extract(file.path)
        let decoded = try DecodedText(text, of: file.path, DecodingOptions(encoding: .utf8))
        if let places = decoded.undecodable { problems.append(.replaced(file.path, places)) }
        var article = PlainTextReader.article(pages: decoded.bytes, file: file)
        article.mapSources(decoded.map)
        return article
    }

    private static func extract(_ path: Path) throws(ArticlesError) -> [UInt8] {
        guard let program = ChildProcess.find(program) else { throw .noPDFReader(path) }
        let arguments =
            ["-enc", "UTF-8", "-eol", "unix"].map { Array($0.utf8) } + [path.bytes, [UInt8(ascii: "-")]]
        let outcome: ChildProcess.Outcome
        do throws(ChildProcess.Failure) {
            outcome = try ChildProcess.run(
                program, arguments, timeLimit: .seconds(timeLimit), outputLimit: textLimit)
        } catch { throw .noProcess(path, code: error.code) }
        switch outcome.ending {
        case .exited(0):
            // A NUL is no character of any text.
            return outcome.output.contains(0) ? outcome.output.map { $0 == 0 ? 0x20 : $0 } : outcome.output
        case .exited: throw .unreadablePDF(path, message: message(outcome.errors))
        case .signalled(let signal):
            throw .unreadablePDF(path, message: Array("ended by signal \(signal)".utf8))
        case .tookTooLong: throw .slowPDF(path, seconds: timeLimit)
        case .wroteTooMuch: throw .unpacksTooLarge(path, limit: textLimit)
        }
    }

    /// The last line of what a program said, which tells why it gave up.
    private static func message(_ errors: [UInt8]) -> [UInt8] {
        let text = String(decoding: errors, as: UTF8.self)
        let last = text.split(whereSeparator: \.isNewline).last ?? "no reason given"
        return Array(String(last.prefix(messageLimit)).utf8)
    }
}
