internal import Bytes

/// What a commit knows of a segment.
public struct SegmentInfo: Equatable, Sendable {
    public var id: UInt64
    public var articleCount: Int
    public var paragraphCount: Int
    /// Sum of the paragraphs' lengths as the segment records them, in units.
    public var bodyLength: UInt64
    /// Sum of the titles' lengths, likewise.
    public var titleLength: UInt64
    /// Bytes of each of the segment's files, in the order of ``IndexFile/ofSegment``.
    var sizes: [UInt64]
    /// Generation of the `live` file; 0 when nothing is deleted.
    var liveGeneration: UInt64
    public internal(set) var deletedArticles: Int
    /// Number of the vocabulary that its texts may be coded with; 0 for none.
    var vocabulary: UInt64 = 0

    /// Bytes on disk.
    public var size: UInt64 { sizes.reduce(0, +) }

    /// The name of its vocabulary's file; nil when it has none.
    var vocabularyName: String? { vocabulary > 0 ? IndexFile.vocabulary.name(vocabulary) : nil }

    /// The name of the `live` file; nil when nothing is deleted.
    var liveName: String? { liveGeneration > 0 ? IndexFile.live.name(id, generation: liveGeneration) : nil }
}

/// A commit: the one file that says which others make up the index. Replaced as a whole, by rename.
///
/// ```
/// body     generation u64 | analyzer, a varint length and UTF-8
///          next segment, next source, sources to be read again: varints
///          sources files varint | generation of each, the newest last: varints
///          segments varint | for each: id, articles, paragraphs, length of bodies, length of titles,
///          generation of the live file, deleted articles, vocabulary, and the sizes of its five files: varints
/// ```
struct Manifest: Equatable, Sendable {
    var generation: UInt64 = 0
    var analyzer: String
    var nextSegment: UInt64 = 1
    var nextSource: UInt32 = 1
    /// Sources of which articles are missing (``SourceRecord/needsReading``).
    var unreadSources = 0
    /// The layers of the table of sources, the newest last.
    var sourceLayers: [UInt64] = []
    var segments: [SegmentInfo] = []

    init(analyzer: String) { self.analyzer = analyzer }

    func encoded() -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(generation)
        writer.prefixed(Array(analyzer.utf8))
        writer.varint(nextSegment)
        writer.varint(nextSource)
        writer.varint(unreadSources)
        writer.varint(sourceLayers.count)
        for generation in sourceLayers { writer.varint(generation) }
        writer.varint(segments.count)
        for segment in segments {
            writer.varint(segment.id)
            writer.varint(segment.articleCount)
            writer.varint(segment.paragraphCount)
            writer.varint(segment.bodyLength)
            writer.varint(segment.titleLength)
            writer.varint(segment.liveGeneration)
            writer.varint(segment.deletedArticles)
            writer.varint(segment.vocabulary)
            for size in segment.sizes { writer.varint(size) }
        }
        return writer.bytes
    }

    init(_ body: ByteView) throws(FormatError) {
        var cursor = ByteCursor(body)
        // Numbers that a writer counts on from leave room for that.
        generation = try cursor.integer()
        guard generation <= UInt64(Int.max) else { throw cursor.error(.valueOutOfRange) }
        analyzer = String(decoding: try cursor.prefixedBytes(), as: UTF8.self)
        nextSegment = UInt64(try cursor.varint(atMost: Int.max))
        nextSource = UInt32(try cursor.varint(atMost: Int(Int32.max)))
        unreadSources = try cursor.varint(atMost: Int(UInt32.max))
        for _ in 0..<(try cursor.varint(atMost: cursor.remaining)) { sourceLayers.append(try cursor.varint()) }
        let count = try cursor.varint(atMost: cursor.remaining)
        for _ in 0..<count {
            var segment = SegmentInfo(
                id: try cursor.varint(), articleCount: try cursor.varint(atMost: Int(UInt32.max)),
                paragraphCount: try cursor.varint(atMost: Int(UInt32.max)), bodyLength: try cursor.varint(),
                titleLength: try cursor.varint(), sizes: [], liveGeneration: try cursor.varint(),
                deletedArticles: try cursor.varint(atMost: Int(UInt32.max)), vocabulary: try cursor.varint())
            for _ in IndexFile.ofSegment { segment.sizes.append(try cursor.varint()) }
            segments.append(segment)
        }
        guard cursor.remaining == 0 else { throw cursor.error(.countMismatch) }
    }

    /// The names of all files of this commit: the manifest itself, those it names, and second copies.
    var files: Set<String> {
        var names: Set<String> = [IndexFile.manifest.name(0), IndexFile.manifestCopyName(generation)]
        for (name, _) in sourcesFiles { names.formUnion([name, IndexFile.copyName(name)]) }
        for segment in segments {
            for kind in IndexFile.ofSegment { names.insert(kind.name(segment.id)) }
            if let name = segment.liveName { names.formUnion([name, IndexFile.copyName(name)]) }
            if let name = segment.vocabularyName { names.formUnion([name, IndexFile.copyName(name)]) }
        }
        return names
    }

    /// The files that hold the table of sources, and the generation of each.
    var sourcesFiles: [(name: String, generation: UInt64)] {
        sourceLayers.map { (IndexFile.sources.name($0), $0) }
    }
}
