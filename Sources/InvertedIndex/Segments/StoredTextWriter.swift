internal import Bytes
internal import Model
internal import Storage

/// Writes the `paragraphs` file of a segment.
final class StoredTextWriter {
    /// Bytes of text held back while another thread learns the vocabulary, before this one waits for it.
    private static let patience = 8 << 20
    /// Bytes of frames that are compressed in a row: one at a time would find the vocabulary driven out of the caches
    /// by the analysis of its text.
    private static let batchSize = 256 << 10

    private let segment: UInt64
    private let file: IndexFileWriter
    private let vocabularies: VocabularySource
    private var parser: TokenParser?
    private var encoder = FrameEncoder()
    private var frame = TextFrame()
    /// Frames that wait for the vocabulary, or for the others of their batch.
    private var heldBack: [TextFrame] = []
    private var heldBackBytes = 0
    private var offsets: [UInt64] = []
    private var firsts: [UInt32] = []
    /// Paragraphs in frames that have been written.
    private var writtenCount: UInt32 = 0

    init(segment: UInt64, in storage: any Storage, vocabularies: VocabularySource) throws(IndexError) {
        self.segment = segment
        file = try IndexFileWriter(
            .paragraphs, name: IndexFile.paragraphs.name(segment), owner: segment, in: storage)
        self.vocabularies = vocabularies
        parser = vocabularies.parser
    }

    /// The vocabulary that the frames may be coded with, 0 for none. Known once the file is finished.
    var vocabulary: UInt64 { parser?.vocabulary.number ?? 0 }

    /// Memory in use, in bytes.
    var memory: Int { heldBackBytes + frame.memory + 12 * offsets.count }

    func add(_ text: ArraySlice<UInt8>, source: SourceRange, kind: ParagraphKind) throws(IndexError) {
        frame.append(text, TextFrame.Place(source: source, kind: kind))
        if frame.texts.count >= StoredTextFormat.frameSize { try flush() }
    }

    /// Adds all paragraphs of a frame of another segment: as they are on disk, if both have the same vocabulary.
    func append(frame number: Int, of other: StoredText) throws(IndexError) {
        if parser == nil { parser = vocabularies.parser }
        let count = try IndexError.format { () throws(FormatError) in try other.paragraphs(ofFrame: number).count }
        guard let parser, other.vocabulary?.number == parser.vocabulary.number else {
            let reader = StoredTextReader(other)
            let paragraphs = try IndexError.format { () throws(FormatError) in
                try other.paragraphs(ofFrame: number)
            }
            for ordinal in paragraphs {
                let paragraph = try IndexError.format { () throws(FormatError) in try reader.paragraph(ordinal) }
                try add(paragraph.text[...], source: paragraph.source, kind: paragraph.kind)
            }
            return
        }
        try flush()
        try writeHeldBack()
        let bytes = try IndexError.format { () throws(FormatError) in try other.bytes(ofFrame: number).copy() }
        try write(bytes, count: count)
    }

    /// Adds all paragraphs of another writer that has the same source of vocabularies: its frames as they are. It is spent, and its
    /// file removed.
    func append(_ other: StoredTextWriter, in storage: any Storage) throws(IndexError) {
        try seal()
        try other.seal()
        let name = IndexFile.paragraphs.name(other.segment)
        other.offsets.append(UInt64(other.file.bodyLength))
        other.firsts.append(other.writtenCount)
        let size = try other.file.finish(isLasting: false)
        let body = try IndexFile.paragraphs.open(name, owner: other.segment, in: storage, size: size)
        for frame in other.offsets.indices.dropLast() {
            let bytes = try IndexError.format { () throws(FormatError) in
                try body.slice(Int(other.offsets[frame])..<Int(other.offsets[frame + 1])).copy()
            }
            try write(bytes, count: Int(other.firsts[frame + 1] - other.firsts[frame]))
        }
        // Nobody names it: what cannot be removed now, the next commit removes.
        try? storage.remove(name)
    }

    /// Compresses what waits for that.
    func seal() throws(IndexError) {
        try flush()
        // Another thread may have found the vocabulary, or be about to.
        if parser == nil { parser = vocabularies.parser }
        try writeHeldBack()
    }

    /// Closes the frame under construction.
    private func flush() throws(IndexError) {
        guard frame.count > 0 else { return }
        if parser == nil { parser = try vocabularies.offer(frame, waits: heldBackBytes >= Self.patience) }
        heldBack.append(frame)
        heldBackBytes += frame.memory
        frame = TextFrame()
        if parser != nil, heldBackBytes >= Self.batchSize { try writeHeldBack() }
    }

    private func writeHeldBack() throws(IndexError) {
        for frame in heldBack { try write(encoder.encode(frame, parser), count: frame.count) }
        heldBack = []
        heldBackBytes = 0
    }

    private func write(_ bytes: [UInt8], count: Int) throws(IndexError) {
        offsets.append(UInt64(file.bodyLength))
        firsts.append(writtenCount)
        writtenCount += UInt32(count)
        try file.append(bytes)
    }

    /// Ends the file; gives its size.
    func finish() throws(IndexError) -> UInt64 {
        try seal()
        offsets.append(UInt64(file.bodyLength))
        firsts.append(writtenCount)
        var tail = ByteWriter()
        while (file.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        let table = file.bodyLength + tail.count
        for offset in offsets { tail.integer(offset) }
        for first in firsts { tail.integer(first) }
        while (file.bodyLength + tail.count) % 8 != 0 { tail.append(0) }
        tail.integer(UInt64(table))
        tail.integer(UInt64(offsets.count - 1))
        try file.append(tail.bytes)
        return try file.finish()
    }
}
