internal import Bytes
internal import Model
internal import Storage

/// Given several segments, writes one that says of their live articles what they say, and nothing of deleted ones.
///
/// Articles keep their order, segment after segment, and so the paragraphs of an article stay neighbours. Everything
/// streams from front to back: memory holds the postings of one term (or of some that have few), a frame of text of each
/// input, a byte for the length of each text, and a bit for each document of an input in which something is deleted.
/// Whatever is read has had its checksum compared, and a damaged input is an error; nothing of the inputs is changed.
struct SegmentMerger {
    /// The merged segment's number.
    let id: UInt64
    let inputs: [MergeInput]
    let storage: any Storage
    let vocabularies: VocabularySource
    private let isCancelled: @Sendable () -> Bool

    /// - Parameters:
    ///   - vocabularies: what texts are coded with.
    ///   - isCancelled: asked every so often; once it says so, the merge ends with ``IndexError/cancelled``.
    init(
        id: UInt64, inputs: [MergeInput], storage: any Storage, vocabularies: VocabularySource,
        isCancelled: @escaping @Sendable () -> Bool = { false }
    ) {
        self.id = id
        self.inputs = inputs
        self.storage = storage
        self.vocabularies = vocabularies
        self.isCancelled = isCancelled
    }

    /// Writes and syncs the merged segment's files. O(bytes of the inputs).
    ///
    /// - Returns: what a commit has to know of the segment.
    /// - Throws: ``IndexError``; files begun are left behind, for the caller to remove.
    func merge() throws(IndexError) -> SegmentInfo {
        let paragraphCount = inputs.last?.paragraphs.end ?? 0
        guard paragraphCount < Int(UInt32.max) - 1 else { throw .segmentFull }
        let lengths = try readLengths()
        let termSizes = try writeTerms(lengths.shape)
        let articlesSize = try writeArticles(lengths)
        let text = try writeText()
        return SegmentInfo(
            id: id, articleCount: lengths.titles.count, paragraphCount: lengths.paragraphs.count,
            bodyLength: lengths.bodyLength, titleLength: lengths.titleLength,
            sizes: termSizes + [articlesSize, text.size], liveGeneration: 0, deletedArticles: 0,
            vocabulary: text.vocabulary)
    }

    func checkCancelled() throws(IndexError) {
        if isCancelled() { throw .cancelled }
    }
}
