internal import Bytes
internal import Storage

/// The kinds of file in an index. A segment's files are written once and never changed.
enum IndexFile: String, CaseIterable, Sendable {
    case terms, postings, positions, articles, paragraphs
    case live, vocabulary, sources, manifest

    /// The files every segment has.
    static let ofSegment: [IndexFile] = [.terms, .postings, .positions, .articles, .paragraphs]

    /// The version of the kind's layout; another version is refused, never guessed at.
    var version: UInt32 {
        switch self {
        case .articles, .paragraphs, .postings: 4
        case .manifest, .positions, .sources: 3
        case .live, .terms: 2
        default: 1
        }
    }

    /// The file's name; the number is the segment's id, the generation for `live` and `sources`, and that of a vocabulary.
    func name(_ number: UInt64, generation: UInt64? = nil) -> String {
        switch self {
        case .manifest: "manifest"
        case .sources, .vocabulary: "\(rawValue)-\(number)"
        case .live: "segment-\(number).live-\(generation ?? 0)"
        default: "segment-\(number).\(rawValue)"
        }
    }

    /// The name of an empty file that is there from before the first file of an index is written until its first commit: without
    /// it, files that no manifest names are those of an index that has lost its manifest.
    static let noCommitYet = "no-commit-yet"

    /// Says that nothing has been committed, before anything is written (see ``noCommitYet``).
    static func begin(in storage: any Storage) throws(IndexError) {
        try IndexError.storage { () throws(StorageError) in
            guard try !storage.names().contains(noCommitYet) else { return }
            try storage.create(noCommitYet).close()
            try storage.sync()
        }
    }

    /// The name of the second copy that is kept of a small file which nothing else could replace.
    static func copyName(_ name: String) -> String { name + copySuffix }

    /// Whether a name is that of a second copy.
    static func isCopy(_ name: String) -> Bool { name.hasSuffix(copySuffix) }

    private static let copySuffix = ".copy"

    /// The name of the manifest's second copy. It is part of its commit, as the manifest's own name is not.
    static func manifestCopyName(_ generation: UInt64) -> String { copyName("manifest-\(generation)") }

    /// The generation of a second copy of the manifest; nil for other names.
    static func generation(ofManifestCopy name: String) -> UInt64? {
        guard name.hasPrefix("manifest-"), name.hasSuffix(copySuffix) else { return nil }
        let number = name.dropFirst("manifest-".count).dropLast(copySuffix.count)
        return isNumber(number) ? UInt64(number) : nil
    }

    /// Whether this program could have written a file of that name (and may clean it up).
    static func isOurs(_ name: String) -> Bool {
        if [IndexWriter.newManifest, noCommitYet].contains(name) || generation(ofManifestCopy: name) != nil {
            return true
        }
        if isCopy(name) {
            let original = String(name.dropLast(copySuffix.count))
            let isKeptTwice =
                original.hasPrefix("sources-") || original.hasPrefix("vocabulary-") || original.contains(".live-")
            return isKeptTwice && isOurs(original)
        }
        let parts = name.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return false }
        switch parts[0] {
        case "sources", "vocabulary": return isNumber(parts[1])
        case "segment":
            guard let dot = parts[1].firstIndex(of: "."), isNumber(parts[1][..<dot]) else { return false }
            let kind = parts[1][parts[1].index(after: dot)...]
            return ofSegment.contains { $0.rawValue == kind }
                || kind.hasPrefix("live-") && isNumber(kind.dropFirst("live-".count))
        default: return false
        }
    }

    private static func isNumber(_ text: Substring) -> Bool { UInt64(text).map { String($0) == text } ?? false }

    /// Opens the file and gives its body (see ``Envelope/open(_:kind:version:owner:)``).
    ///
    /// - Parameter size: bytes the file must have; nil takes any.
    func open(_ name: String, owner: UInt64, in storage: any FileSource, size: UInt64? = nil) throws(IndexError)
        -> ByteView
    {
        let view = try IndexError.storage { () throws(StorageError) in try storage.open(name) }
        return try IndexError.format { () throws(FormatError) in
            if let size, UInt64(view.count) != size {
                throw .truncated(
                    file: view.file, offset: view.count, needed: max(0, Int(clamping: size) - view.count),
                    available: 0)
            }
            return try Envelope.open(view, kind: rawValue, version: version, owner: owner)
        }
    }
}

/// Writes one enveloped file: header, body as it comes, checksums and footer.
final class IndexFileWriter {
    private let file: any StorageFile
    /// The file's path, for messages.
    let path: String
    private var pages = PageChecksummer()
    /// Bytes written so far, header included.
    private(set) var length = 0

    init(_ kind: IndexFile, name: String, owner: UInt64, in storage: any Storage) throws(IndexError) {
        path = storage.location + "/" + name
        file = try IndexError.storage { () throws(StorageError) in try storage.create(name) }
        try append(Envelope.header(kind: kind.rawValue, version: kind.version, owner: owner))
    }

    /// Bytes of the body so far.
    var bodyLength: Int { length - Envelope.headerSize }

    func append(_ bytes: [UInt8]) throws(IndexError) {
        let span = unsafe bytes.span.bytes
        pages.update(span)
        length += bytes.count
        try IndexError.storage { () throws(StorageError) in try file.append(span) }
    }

    /// Ends the file and makes it durable; gives its size.
    ///
    /// - Parameter isLasting: false for a file that no commit is to name, which need not be durable.
    @discardableResult
    func finish(isLasting: Bool = true) throws(IndexError) -> UInt64 {
        let ending = Envelope.ending(length: length, pages: pages)
        length += ending.count
        try IndexError.storage { () throws(StorageError) in
            unsafe try file.append(ending.span.bytes)
            if isLasting { try file.sync() }
            try file.close()
        }
        return UInt64(length)
    }
}
