internal import Model

/// Hits as tab-separated lines: rank, score, article id, number, path, line, text or snippet; in a batch, the query's id.
enum TSVFormat {
    /// - Parameter query: the query's id in a batch, else nil.
    static func bytes(_ hits: [Hit], query: String?) -> [UInt8] {
        var bytes: [UInt8] = []
        for hit in hits {
            let fields =
                [
                    Array("\(hit.rank)".utf8), Array("\(hit.score)".utf8), hit.articleID,
                    Array("\(hit.number)".utf8),
                    hit.path.bytes, Array("\(hit.source.line)".utf8), Array(hit.shownText.utf8),
                ] + (query.map { [Array($0.utf8)] } ?? [])
            for (index, field) in fields.enumerated() {
                if index > 0 { bytes.append(0x09) }
                bytes.append(contentsOf: PrintableText.oneLine(field))
            }
            bytes.append(0x0A)
        }
        return bytes
    }
}

/// Hits as lines of a TREC run: `query Q0 article#number rank score suoyin`.
enum TRECFormat {
    static func bytes(_ hits: [Hit], query: String) -> [UInt8] {
        var bytes: [UInt8] = []
        let query = encoded(Array(query.utf8))
        for hit in hits {
            bytes.append(contentsOf: query)
            bytes.append(contentsOf: " Q0 ".utf8)
            bytes.append(contentsOf: encoded(hit.articleID))
            bytes.append(contentsOf: "#\(hit.number) \(hit.rank) \(hit.score) suoyin\n".utf8)
        }
        return bytes
    }

    /// White space, control characters, `%` and what is not UTF-8, as `%` and two hexadecimal digits a byte.
    private static func encoded(_ id: [UInt8]) -> [UInt8] {
        let text = String(decoding: id, as: UTF8.self)
        guard text.utf8.elementsEqual(id) else { return id.flatMap { isPlain($0) ? [$0] : percent($0) } }
        return text.unicodeScalars.flatMap { scalar -> [UInt8] in
            let bytes = Array(String(Character(scalar)).utf8)
            let isControl = scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value)
            let isReserved = WhiteSpace.contains(scalar.value) || scalar == "%" || isControl
            return isReserved ? bytes.flatMap(percent) : bytes
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "%") }

    private static func percent(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
    }
}

/// The paths of the files hit, best first, each once.
enum PathsFormat {
    static func bytes(_ hits: [Hit], as lines: PathLines) -> [UInt8] {
        var seen: Set<Path> = []
        return hits.flatMap { seen.insert($0.path).inserted ? lines.bytes($0.path) : [] }
    }
}

/// How paths are printed that are all there is in a line: byte for byte for other programs, made printable for a terminal.
public struct PathLines: Sendable {
    /// What goes behind each: 0 where any other could stand in one.
    private let end: UInt8
    /// Whether whoever reads it would do what control characters say.
    private let isForTerminal: Bool

    public init(end: UInt8 = 0x0A, isForTerminal: Bool = false) {
        self.end = end
        self.isForTerminal = isForTerminal
    }

    func bytes(_ path: Path) -> [UInt8] {
        (isForTerminal ? Array(PrintableText.printable(path.lossyString).utf8) : path.bytes) + [end]
    }
}

extension Hit {
    /// The snippet, with … where it is cut, or else the whole text.
    var shownText: String {
        guard let snippet else { return text }
        return (snippet.isCutBefore ? "…" : "") + snippet.text + (snippet.isCutAfter ? "…" : "")
    }
}
