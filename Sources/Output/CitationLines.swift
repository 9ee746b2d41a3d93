internal import Bytes
internal import JSON
public import Model

/// Reads hits back from lines of `jsonl`, whatever else these lines hold.
public enum CitationLines {
    /// A line and the citation on it.
    public struct Line: Sendable {
        /// From 1.
        public var number: Int
        public var citation: Citation
    }

    /// Reads all lines; those of another type than `hit`, and blank ones, are passed over.
    ///
    /// - Parameter report: is told of each line that is no JSON or lacks what is needed; the others are read.
    public static func read(_ bytes: [UInt8], report: (_ line: Int, CitationLineError) -> Void) -> [Line] {
        var lines: [Line] = []
        var start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        var number = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0A) ?? bytes.count
            number += 1
            let line = bytes[start..<end]
            start = end + 1
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
            do throws(CitationLineError) {
                if let citation = try citation(Array(line)) {
                    lines.append(Line(number: number, citation: citation))
                }
            } catch {
                report(number, error)
            }
        }
        return lines
    }

    /// The citation of a line; nil when it is of another type.
    static func citation(_ line: [UInt8]) throws(CitationLineError) -> Citation? {
        let value: JSONValue
        do { value = try JSONDocument(line).value } catch { throw .notJSON(offset: error.offset) }
        guard let type = value["type"]?.string else { throw .missing("type") }
        guard type == "hit" else { return nil }
        let article = value["article"] ?? .null
        let paragraph = value["paragraph"] ?? .null
        guard let path = bytes("path", of: article), !path.isEmpty else { throw .missing("article.path") }
        guard let id = bytes("id", of: article) else { throw .missing("article.id") }
        guard let ends = paragraph["bytes"]?.elements?.map(\.integer), ends.count == 2, let start = ends[0],
            let end = ends[1], start >= 0, start <= end
        else { throw .missing("paragraph.bytes") }
        guard let line = try count("line", of: paragraph) else { throw .missing("paragraph.line") }
        let (page, chapter) = (try count("page", of: paragraph), try count("chapter", of: paragraph))
        let part = page.map { SourcePart.page($0) } ?? chapter.map { SourcePart.chapter($0) }
        let text = paragraph["text"]?.string
        let textHash = text.map { ParagraphHash(of: $0.utf8) }
        var hash = textHash
        if let member = paragraph["hash"] {
            hash = member.string.flatMap { ParagraphHash($0) }
            if hash == nil { throw .badHash }
            if let textHash, textHash != hash { throw .altered }
        }
        guard let hash else { throw .missing("paragraph.hash") }
        return Citation(
            path: Path(bytes: path), articleID: id, number: try count("number", of: paragraph),
            source: SourceRange(bytes: start..<end, line: line, part: part), hash: hash.description, text: text)
    }

    /// A member that counts from 1; nil where there is none.
    private static func count(_ name: String, of paragraph: JSONValue) throws(CitationLineError) -> Int? {
        guard let member = paragraph[name], member != .null else { return nil }
        guard let count = member.integer, count >= 1 else { throw .missing("paragraph.\(name)") }
        return count
    }

    /// The bytes of a string, or those in the member beside it where they are not UTF-8.
    private static func bytes(_ name: String, of value: JSONValue) -> [UInt8]? {
        if let numbers = value[name + "_bytes"]?.elements {
            let bytes = numbers.compactMap { $0.integer.flatMap { UInt8(exactly: $0) } }
            return bytes.count == numbers.count ? bytes : nil
        }
        return value[name]?.string.map { Array($0.utf8) }
    }
}

/// Why a line cannot be read as a citation.
public enum CitationLineError: Error, Equatable, Sendable, CustomStringConvertible {
    /// - Parameter offset: of the byte in the line at which it shows.
    case notJSON(offset: Int)
    /// A member that is not there, or not of its type.
    case missing(String)
    case badHash
    /// Text and hash do not belong together.
    case altered

    public var description: String {
        switch self {
        case .notJSON(let offset):
            "not a line of JSON (byte \(offset)); give what `suoyin search --format jsonl` prints"
        case .missing(let member): "no usable \"\(member)\", which a hit of `suoyin search --format jsonl` has"
        case .badHash: "\"paragraph.hash\" is not sixteen hexadecimal digits"
        case .altered:
            "\"paragraph.text\" is not the text of \"paragraph.hash\": one of them was altered after the search"
        }
    }
}
