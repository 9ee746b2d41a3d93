internal import Bytes
internal import Model
public import Storage

/// Verifies every byte of an index.
public struct IndexCheck: Sendable {
    /// Files read.
    public private(set) var files = 0
    /// Bytes read.
    public private(set) var bytes = 0
    /// Everything found wrong; empty for a sound index.
    public private(set) var problems: [IndexError] = []

    /// Reads every file of the last commit: both ends, checksum, and the order of terms and postings.
    ///
    /// - Throws: only when there is no index, or its manifest cannot be read; other damage is a problem each.
    public init(_ storage: any Storage) throws(IndexError) {
        guard let manifest = try IndexSnapshot.readManifest(storage) else {
            throw .noIndex(location: storage.location)
        }
        for name in manifest.files.sorted() {
            do throws(StorageError) {
                let view = try storage.open(name)
                files += 1
                bytes += view.count
                do throws(FormatError) { try Envelope.verify(view) } catch { problems.append(.format(error)) }
            } catch {
                problems.append(.storage(error))
            }
        }
        let shelf = VocabularyShelf()
        for info in manifest.segments {
            do throws(IndexError) {
                let reader = try SegmentReader(info, in: storage, shelf: shelf)
                try IndexError.format { () throws(FormatError) in try Self.walk(reader) }
            } catch {
                if !problems.contains(error) { problems.append(error) }
            }
        }
        do throws(IndexError) {
            let layers = try IndexSnapshot.readSourceLayers(manifest, storage)
            try IndexError.format { () throws(FormatError) in try SourceTable(layers).check() }
        } catch {
            if !problems.contains(error) { problems.append(error) }
        }
    }

    /// Decodes every posting, position and paragraph.
    private static func walk(_ reader: SegmentReader) throws(FormatError) {
        var previous: [UInt8] = []
        var positions: [UInt32] = []
        try reader.dictionary.forEach { (key, entry) throws(FormatError) in
            let cursor = try reader.cursor(entry, field: TermKey.field(of: key) ?? .body)
            while try cursor.next() != PostingsCursor.noMoreDocuments {
                if entry.hasPositions { try cursor.positions(into: &positions) }
            }
            guard previous.lexicographicallyPrecedes(key) else {
                throw .malformed(file: entry.postings.file, offset: entry.postings.origin, rule: .keysOutOfOrder)
            }
            previous = key
        }
        let text = StoredTextReader(reader.text)
        for article in 0..<reader.info.articleCount {
            _ = try reader.articles.record(article)
            for paragraph in try reader.articles.paragraphs(ofArticle: article) {
                _ = try text.paragraph(paragraph)
            }
        }
    }
}
