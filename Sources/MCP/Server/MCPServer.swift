internal import Dispatch
internal import JSON
public import Model

/// Serves an index to one client, over a pair of streams.
///
/// Lines are read on one thread and worked off on another, so that a request can be taken back while it waits or runs.
public struct MCPServer: Sendable {
    /// What reading gives.
    public enum Input: Sendable {
        case bytes([UInt8])
        /// There is no more. What has come is still answered.
        case end
        /// The server is to end: what has not begun is not answered.
        case interruption
    }

    private let index: Path
    private let directory: Path?
    private let version: String

    /// - Parameters:
    ///   - index: the index's directory, which need not exist yet.
    ///   - directory: paths below it are given relative to it.
    ///   - version: the program's.
    public init(index: Path, directory: Path?, version: String) {
        self.index = index
        self.directory = directory
        self.version = version
    }

    /// Serves until the input ends.
    ///
    /// - Parameters:
    ///   - read: the next bytes of the input, once there are any; called on a thread of its own.
    ///   - write: takes the bytes of whole messages, each with its line's end.
    /// - Throws: what `write` throws. The thread that reads is then left to itself.
    public func run(read: @escaping @Sendable () -> Input, write: ([UInt8]) throws -> Void) throws {
        let queue = TurnQueue(Session(version: version))
        DispatchQueue(label: "suoyin.mcp.input").async {
            var splitter = LineSplitter()
            while true {
                switch read() {
                case .bytes(let bytes): splitter.push(bytes).forEach(queue.receive)
                case .end:
                    if let last = splitter.finish() { queue.receive(last) }
                    return queue.close(dropping: false)
                case .interruption: return queue.close(dropping: true)
                }
            }
        }
        let service = IndexService(index: index, directory: directory, version: version)
        while let turn = queue.next() {
            if let reply = Self.reply(to: turn, isCancelled: queue.isCancelled, answer: service.answer) {
                try write(reply.bytes + [0x0A])
            }
            queue.finish()
        }
    }

    /// The message that answers a turn; nil when nobody waits for one.
    ///
    /// - Parameter isCancelled: asked before an entry is worked on, and again before its reply leaves.
    static func reply(
        to turn: Turn, isCancelled: (Turn.Entry) -> Bool, answer: (Call) -> Result<JSONValue, RPCError>
    ) -> JSONValue? {
        var replies: [(entry: Turn.Entry, message: JSONValue)] = []
        for entry in turn.entries where !isCancelled(entry) {
            switch entry.work {
            case .reply(let result): replies.append((entry, entry.reply(result)))
            case .call(let call): replies.append((entry, entry.reply(answer(call))))
            }
        }
        let wanted = replies.filter { !isCancelled($0.entry) }.map(\.message)
        if wanted.isEmpty { return nil }
        return turn.isBatch ? .array(wanted) : wanted[0]
    }
}
