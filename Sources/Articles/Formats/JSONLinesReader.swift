internal import Bytes
internal import Model

/// Given a JSONL file, gives an article a line; lines that are none become problems.
///
/// The encoding is decided on the first piece that holds more than ASCII. Lines are cut out of the bytes of the file,
/// whatever their encoding, and decoded one by one (``LineDecoder``).
final class JSONLinesReader {
    private static let pieceSize = 1 << 20
    /// Bytes wanted behind the first that is not ASCII before the encoding is decided.
    private static let decisionSize = 1 << 16

    let file: FileReader
    private let source: UnpackedFile
    private let options: DecodingOptions
    /// Whether bytes that are to be refused refuse their line, and not the whole file.
    private let refusesLines: Bool
    private var buffer: [UInt8] = []
    /// Where the next line begins in `buffer`.
    private var start = 0
    /// The file's offset of `buffer`'s first byte.
    private var base = 0
    private var line = 0
    private var isAtEnd = false
    /// The line that first had each id, by the id's hash: a file may have millions.
    private var ids: [UInt64: UInt32] = [:]
    /// What tells the encoding; UTF-8 as long as all is ASCII.
    private(set) var encoding = TextEncoding(.utf8, origin: .strictUTF8)
    private var isDecided = false
    /// For ``encoding``; nil until a line is decoded after that is decided.
    private var decoder: LineDecoder?
    private var isDamageReported = false

    /// - Parameter refusesLines: whether undecodable bytes, where they are to be refused, refuse their line and not the file.
    init(_ source: UnpackedFile, _ options: DecodingOptions, refusesLines: Bool = false) {
        self.source = source
        self.refusesLines = refusesLines
        file = source.file
        self.options = options
    }

    var contentHash: UInt64 { source.contentHash }

    /// Bytes of the file read so far, as they are on disk.
    var bytesRead: Int { source.bytesRead }

    /// What was replaced so far, by encoding.
    var undecodable: [Undecodable] { decoder?.replaced ?? [] }

    /// The lines so far that were in another encoding than the file; nil when none was.
    var mixedLines: MixedLines? { decoder.flatMap { $0.mixed.groups.isEmpty ? nil : $0.mixed } }

    /// The next article; nil at the end of the file. Damage to a compressed file ends it and is a problem; the line that
    /// it cuts is none.
    func next(_ problems: inout [ArticlesError]) throws(ArticlesError) -> Article? {
        while let range = try nextLine() {
            do throws(LineFailure) {
                guard let article = try parse(range) else { continue }
                let id = ContentHash.of(article.id)
                if let firstLine = ids[id] {
                    problems.append(.duplicateID(file.path, line: line, id: article.id, firstLine: Int(firstLine)))
                    continue
                }
                ids[id] = UInt32(clamping: line)
                return article
            } catch {
                switch error {
                case .line(let offset, let problem):
                    problems.append(.badLine(file.path, line: line, offset: offset, problem))
                case .file(let problem): throw problem
                }
            }
        }
        if let damage = source.damage, !isDamageReported {
            isDamageReported = true
            problems.append(damage)
        }
        return nil
    }

    /// The next line in `buffer`, line end left out; nil at the end of the file.
    private func nextLine() throws(ArticlesError) -> Range<Int>? {
        if buffer.isEmpty, !isAtEnd { try readPiece() }
        var searched = start
        while true {
            if let (end, next) = lineEnd(from: searched) {
                defer { start = next }
                line += 1
                return start..<end
            }
            if isAtEnd {
                guard start < buffer.count, source.damage == nil else { return nil }
                defer { start = buffer.count }
                line += 1
                return start..<buffer.count
            }
            // A unit of two bytes may be cut by the end of the buffer.
            searched = (buffer.count - start) & (encoding.name.isWide ? ~1 : ~0)
            try readPiece()
        }
    }

    /// The first line end from `index` on, and where the line after it begins.
    private func lineEnd(from index: Int) -> (end: Int, next: Int)? {
        guard encoding.name.isWide else {
            return buffer[index...].firstIndex(of: 0x0A).map { ($0, $0 + 1) }
        }
        let (low, high): (UInt8, UInt8) = encoding.name.shape == .utf16BigEndian ? (0, 0x0A) : (0x0A, 0)
        var index = index
        while index + 1 < buffer.count {
            if buffer[index] == low, buffer[index + 1] == high { return (index, index + 2) }
            index += 2
        }
        return nil
    }

    /// Drops the lines given and reads on.
    private func readPiece() throws(ArticlesError) {
        buffer.removeSubrange(..<start)
        base += start
        start = 0
        let before = buffer.count
        if source.compression != nil, before > source.limit {
            throw .unpacksTooLarge(file.path, limit: source.limit)
        }
        // A long line doubles the piece, so that finding its end stays linear in its length.
        try append(max(Self.pieceSize, before))
        guard !isDecided else { return }
        if let name = options.encoding {
            encoding = TextEncoding(EncodingDetector.byteOrder(of: name, buffer[...]), origin: .override)
            isDecided = true
        } else if let first = buffer[before...].firstIndex(where: { $0 >= 0x80 || $0 == 0 }) {
            while !isAtEnd, buffer.count - first < Self.decisionSize { try append(Self.pieceSize) }
            decide(on: buffer[before...])
        }
    }

    private func decide(on bytes: ArraySlice<UInt8>) {
        isDecided = true
        // What is no text of any encoding is for each line to find out, as UTF-8.
        if case .encoding(let found) = EncodingDetector.detect(bytes, isWhole: isAtEnd) { encoding = found }
    }

    private func append(_ limit: Int) throws(ArticlesError) {
        let received = try source.read(into: &buffer, limit: limit)
        isAtEnd = received < limit
    }

    // MARK: Lines

    private enum LineFailure: Error {
        /// Concerns one line; the offset is the file's.
        case line(offset: Int, ArticlesError.LineProblem)
        case file(ArticlesError)
    }

    private func parse(_ range: Range<Int>) throws(LineFailure) -> Article? {
        let line: LineDecoder.Line
        do throws(ArticlesError) { line = try decode(range) } catch {
            if refusesLines, case .undecodable(_, let places) = error {
                throw .line(offset: places.first.first?.lowerBound ?? base + range.lowerBound, .undecodable)
            }
            throw .file(error)
        }
        return try scan(line.text, line.map)
    }

    private func decode(_ range: Range<Int>) throws(ArticlesError) -> LineDecoder.Line {
        // ASCII lines before the encoding is decided need no more than this one.
        var decoder = self.decoder.take() ?? LineDecoder(file.path, encoding.name, options)
        defer { if isDecided { self.decoder = decoder } }
        return try decoder.decode(buffer[range], at: base + range.lowerBound, number: line)
    }

    private func scan(_ slice: ArraySlice<UInt8>, _ map: OffsetMap) throws(LineFailure) -> Article? {
        if slice.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return nil }
        do throws(JSONArticleReader.Failure) {
            return try unsafe slice.withUnsafeBufferPointer { (bytes) throws(JSONArticleReader.Failure) in
                var reader = unsafe JSONArticleReader(bytes)
                var article = try reader.article(fileOffset: 0, line: line)
                article.mapSources(map)
                return article
            }
        } catch { throw .line(offset: map.file(error.offset), error.problem) }
    }
}
