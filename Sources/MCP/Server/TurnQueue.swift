internal import Dispatch
internal import Synchronization

/// A session between two threads: one reads lines in, the other works them off.
final class TurnQueue: Sendable {
    private struct State: ~Copyable {
        var session: Session
        /// No line comes any more.
        var isClosed = false
        /// The reader sleeps until there is room.
        var isReaderWaiting = false
    }

    /// More than this waits for the worker, and for the client to read its replies.
    private static let countLimit = 1000
    private static let sizeLimit = 8 << 20

    private let state: Mutex<State>
    /// Counts turns, and the end.
    private let work = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)

    init(_ session: Session) { state = Mutex(State(session: session)) }

    // MARK: The reader

    /// Takes a line in, and returns when there is room for another.
    func receive(_ line: Session.Line) {
        let isTurn = state.withLock { $0.session.receive(line) }
        if isTurn { work.signal() }
        let mustWait = state.withLock { state in
            state.isReaderWaiting =
                state.session.waitingCount > Self.countLimit || state.session.waitingSize > Self.sizeLimit
            return state.isReaderWaiting
        }
        if mustWait { room.wait() }
    }

    /// Says that no line comes any more.
    ///
    /// - Parameter dropping: whether what waits is not to be worked off either.
    func close(dropping: Bool) {
        state.withLock { state in
            state.isClosed = true
            if dropping { state.session.drop() }
        }
        work.signal()
    }

    // MARK: The worker

    /// The next turn, once there is one; nil when there will be none.
    func next() -> Turn? {
        while true {
            work.wait()
            let (turn, isClosed) = state.withLock { ($0.session.begin(), $0.isClosed) }
            if let turn { return turn }
            if isClosed { return nil }
        }
    }

    func isCancelled(_ entry: Turn.Entry) -> Bool { state.withLock { $0.session.isCancelled(entry) } }

    /// Ends the turn that ``next()`` gave.
    func finish() {
        let wakesReader = state.withLock { state in
            state.session.finish()
            // Half of it free: so that the reader need not be woken for every line.
            guard state.isReaderWaiting, state.session.waitingCount <= Self.countLimit / 2,
                state.session.waitingSize <= Self.sizeLimit / 2
            else { return false }
            state.isReaderWaiting = false
            return true
        }
        if wakesReader { room.signal() }
    }
}
