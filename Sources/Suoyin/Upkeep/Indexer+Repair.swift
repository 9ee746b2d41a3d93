internal import InvertedIndex
public import Model
internal import Storage
internal import Tokenizer

extension Indexer {
    /// What ``repair()`` found and did.
    public struct RepairReport: Sendable {
        /// What was damaged; empty for a sound index, in which nothing was changed.
        public var damages: [IndexDamageReport] = []
        /// Articles of damaged segments that were built again from their text.
        public var rebuiltArticles = 0
        /// The files of articles that could not be saved, to be indexed again. They are named until then, and a run of
        /// the indexer reads them whatever their size and time.
        public var lostFiles: [Path] = []
        /// What is lost of articles that came as input, and are in no file; nil when nothing is.
        public var lostInput: LostInput?
        /// The index as it is now.
        public var verification: IndexVerification
    }

    /// Articles that came as input and could not be saved. Until there is other input the index is taken to lack them.
    public enum LostInput: Sendable {
        /// These, by their ids.
        case articles([[UInt8]])
        /// Some, perhaps; nothing tells any more which.
        case unknown
    }

    /// Mends the index as far as its files allow, see ``RepairReport``.
    ///
    /// Small files are kept twice, and put in each other's place. Where only the terms of articles are damaged, they
    /// are built again from the text in the index. Articles whose text is damaged are taken out, and their files named.
    ///
    /// - Throws: when there is no index, another writer is at work, or nothing says any more what the index was made
    ///   of; `CancellationError` when the task is cancelled. Then nothing has changed but small files that were put in each
    ///   other's place.
    public func repair() async throws -> RepairReport {
        let storage = try PosixStorage(directory: location.bytes, create: false)
        let terms = (analyzer: Analyzer.fingerprint, by: try ArticleAnalyzer())
        let repair = try IndexRepair(storage, terms: terms, waiting: waiting)
        let damages = (repair.mended + repair.check.damages).map { IndexDamageReport($0) }
        guard repair.needsCommit else {
            return RepairReport(damages: damages, verification: IndexVerification(repair.check))
        }
        let writer = try repair.makeWriter()
        let (counts, lost, lostInput) = try await committing(writer) {
            let counts = try await build(repair.rebuilds, into: writer)
            let lost = repair.markLost(counts.lostSources, in: writer)
            var lostInput: LostInput?
            if let record = lost.first(where: { $0.path == .standardInput }) {
                let ids = try repair.lostIDs(of: record.id, in: writer)
                lostInput = ids.map { $0.isEmpty ? nil : .articles($0) } ?? .unknown
            }
            return (counts, lost, lostInput)
        }
        return RepairReport(
            damages: damages, rebuiltArticles: counts.articles,
            lostFiles: lost.map(\.path).filter { $0 != .standardInput }, lostInput: lostInput,
            verification: IndexVerification(try IndexCheck(storage, terms: terms)))
    }
}
