internal import Articles
internal import Dispatch
internal import InvertedIndex
internal import Synchronization

/// Reads documents, which other programs or much unpacking may have to be waited for, before their turn comes and several at a
/// time. They are taken in their order, as if each had been read then.
final class ReadAhead: Sendable {
    private struct State {
        /// Of ``documents``, those that someone has begun to read.
        var begun = 0
        /// Read, and not taken yet, by their place among all files.
        var read: [Int: Result<ArticleStream.ReadFile, ArticlesError>] = [:]
        /// Of ``documents``, those taken.
        var taken = 0
        /// Threads that wait for one to be read or taken.
        var waiting = 0
    }

    private enum Step {
        case done
        case read(Int)
        case wait
    }

    private let files: [UpdatePlan.Pending]
    /// The places among the files of those that are documents, ascending.
    private let documents: [Int]
    /// Documents that may be in memory, or on their way there, before their turn.
    private let room: Int
    private let state = Mutex(State())
    private let somethingHappened = DispatchSemaphore(value: 0)

    /// - Parameter readers: threads that may read at the same time.
    init(_ files: [UpdatePlan.Pending], readers: Int) {
        self.files = files
        documents = files.indices.filter { files[$0].isDocument }
        room = readers + 1
    }

    /// Whether another thread can help.
    static func pays(_ files: [UpdatePlan.Pending]) -> Bool { files.lazy.filter(\.isDocument).prefix(2).count > 1 }

    /// A document that has been read, or why it cannot be; nil when it has not been yet. In order, and each once.
    func take(_ place: Int) -> Result<ArticleStream.ReadFile, ArticlesError>? {
        state.withLock { state in
            guard let found = state.read.removeValue(forKey: place) else { return nil }
            state.taken += 1
            wake(&state)
            return found
        }
    }

    /// Returns once a document whose turn it is has been read, by this thread or another; meanwhile this one reads what comes next.
    func readOn(until place: Int, isInterrupted: () -> Bool) {
        work(isInterrupted) { state in
            // Taken by someone else, it is read as well.
            if state.read[place] != nil || documents[..<state.taken].last ?? -1 >= place { return .done }
            return nextStep(state)
        }
    }

    /// Reads documents for others until the last has been begun.
    func help(isInterrupted: () -> Bool) {
        work(isInterrupted) { state in state.begun == documents.count ? .done : nextStep(state) }
    }

    private func nextStep(_ state: State) -> Step {
        // The one whose turn it is has room at all times: then none is ahead of it.
        guard state.begun < documents.count, state.begun - state.taken < room else { return .wait }
        return .read(documents[state.begun])
    }

    private func work(_ isInterrupted: () -> Bool, _ choose: (State) -> Step) {
        while !isInterrupted() {
            let step = state.withLock { state in
                let step = choose(state)
                switch step {
                case .read: state.begun += 1
                case .wait: state.waiting += 1
                case .done: break
                }
                return step
            }
            switch step {
            case .done: return
            case .read(let place):
                let pending = files[place]
                let result = Result { () throws(ArticlesError) in
                    try ArticleStream.read(pending.file, decoding: pending.decoding)
                }
                state.withLock { state in
                    state.read[place] = result
                    wake(&state)
                }
            // Not for ever: a run that is given up wakes nobody.
            case .wait: _ = somethingHappened.wait(timeout: .now() + .milliseconds(100))
            }
        }
    }

    private func wake(_ state: inout State) {
        for _ in 0..<state.waiting { somethingHappened.signal() }
        state.waiting = 0
    }
}

extension UpdatePlan.Pending {
    /// Whether it is worth reading before its turn.
    var isDocument: Bool { input == nil && ArticleFormat(of: file.path)?.isText == false }
}
