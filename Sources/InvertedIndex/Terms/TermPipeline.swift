internal import Dispatch
internal import Synchronization

/// Writes terms on a thread of its own, behind the one that gathers them: either takes about half of the time.
///
/// Few batches are on their way at any time, and a large one alone, so that memory does not depend on which of the two is
/// faster.
final class TermPipeline: Sendable {
    /// Batches on their way, the one being written included.
    private static let depth = 3

    /// Nil once it has failed.
    private let writer: Mutex<TermDictionaryWriter?>
    private let failure = Mutex<IndexError?>(nil)
    /// Batches that have been written, for their room.
    private let spent = Mutex<[TermBatch]>([])
    private let queue = DispatchQueue(label: "suoyin.terms", qos: .utility)
    private let room = DispatchSemaphore(value: TermPipeline.depth)

    init(_ writer: sending TermDictionaryWriter) { self.writer = Mutex(writer) }

    /// Has a batch written, after all handed over before, and gives an empty one for it. Waits while there are too many.
    ///
    /// - Throws: what writing one of those before has failed with.
    func write(_ batch: inout TermBatch) throws(IndexError) {
        try throwFailure()
        let isLarge = batch.isLarge
        if isLarge { drain() }
        room.wait()
        var full = spent.withLock { $0.popLast() } ?? TermBatch()
        swap(&full, &batch)
        queue.async { [full] in
            self.writer.withLock { self.write(full, to: &$0) }
            self.recycle(full)
            self.room.signal()
        }
        if isLarge { drain() }
    }

    private func write(_ batch: TermBatch, to writer: inout TermDictionaryWriter?) {
        guard writer != nil else { return }
        do throws(IndexError) {
            try batch.forEach { (key, slice) throws(IndexError) in try writer!.add(key, slice) }
        } catch {
            writer = nil
            failure.withLock { $0 = error }
        }
    }

    private func recycle(_ batch: consuming TermBatch) {
        // Room for the most frequent terms would be held for nothing.
        guard !batch.isLarge else { return }
        batch.removeAll()
        let batch = batch
        spent.withLock { $0.append(batch) }
    }

    private func throwFailure() throws(IndexError) {
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// Returns when nothing is being written any more.
    func drain() { queue.sync {} }

    /// Writes what is left and ends the files; gives the sizes of terms, postings and positions.
    func finish() throws(IndexError) -> [UInt64] {
        drain()
        try throwFailure()
        return try writer.withLock { (writer) throws(IndexError) in try writer!.finish() }
    }
}
