internal import JSON

/// The server's side of a conversation: lines in, turns to work off and replies out. It reads, writes and searches nothing.
///
/// 1. ``receive(_:)`` takes a line, at any time, and puts what it asks for in a queue.
/// 2. ``begin()`` gives what is to be done next.
/// 3. ``isCancelled(_:)`` tells, before and after an entry is worked on, whether anyone still waits for it.
/// 4. ``finish()`` ends the turn.
///
/// So replies leave in the order in which requests came, and there is at most one for each.
struct Session: Sendable {
    /// A line of input.
    enum Line: Sendable {
        case complete([UInt8])
        /// Longer than anything is read; its end has been found.
        case tooLong(limit: Int)
    }

    /// The program's version.
    let version: String
    /// What `initialize` has agreed on.
    private(set) var revision: Revision?
    private var waiting: [Turn] = []
    private var running: Turn?
    /// Entries that wait or are worked on, and that nobody wants any more.
    private var cancelled: Set<Int> = []
    private var count = 0

    init(version: String) { self.version = version }

    /// Bytes of the lines whose turns are waiting.
    var waitingSize: Int { waiting.reduce(0) { $0 + $1.size } }
    var waitingCount: Int { waiting.count }

    // MARK: Lines

    /// Takes a line in.
    ///
    /// - Returns: whether there is another turn.
    mutating func receive(_ line: Line) -> Bool {
        let size: Int
        let entries: [Turn.Entry]
        var isBatch = false
        switch line {
        case .tooLong(let limit):
            size = 0
            entries = [refusal(nil, RPCError(.parse, "a line has \(limit) bytes at most; nothing of it was read"))]
        case .complete(let bytes):
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return false }
            size = bytes.count
            do throws(RPCError) {
                let document = try Self.document(bytes)
                if case .array(let elements) = document.value {
                    isBatch = true
                    entries = try batch(elements, repeatedKey: document.repeatedKey?.key)
                } else {
                    entries =
                        entry(IncomingMessage(document.value, repeatedKey: document.repeatedKey?.key))
                        .map { [$0] } ?? []
                }
            } catch {
                isBatch = false
                entries = [refusal(nil, error)]
            }
        }
        guard !entries.isEmpty else { return false }
        waiting.append(Turn(entries: entries, isBatch: isBatch, size: size))
        return true
    }

    private static func document(_ bytes: [UInt8]) throws(RPCError) -> JSONDocument {
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw RPCError(.parse, "the line is not UTF-8")
        }
        do {
            return try JSONDocument(bytes)
        } catch {
            throw RPCError(.parse, "the line is \(error)")
        }
    }

    private mutating func batch(_ elements: [JSONValue], repeatedKey: String?) throws(RPCError) -> [Turn.Entry] {
        guard revision?.hasBatches == true else {
            throw RPCError(.invalidRequest, "a line is one message; this revision of the protocol has no batches")
        }
        if elements.isEmpty { throw RPCError(.invalidRequest, "the batch is empty") }
        return elements.compactMap { entry(IncomingMessage($0, repeatedKey: repeatedKey)) }
    }

    /// What a message asks for; nil for nothing.
    private mutating func entry(_ message: IncomingMessage) -> Turn.Entry? {
        switch message {
        case .invalid(let id, let error): return refusal(id, error)
        case .response: return nil
        case .notification(let method, let parameters):
            // Others change nothing here, and none is ever answered.
            if method == "notifications/cancelled", let id = RequestID(parameters?["requestId"]) { cancel(id) }
            return nil
        case .request(let id, let method, let parameters):
            let work: Turn.Entry.Work
            do throws(RPCError) {
                work = try self.work(method, parameters)
            } catch {
                work = .reply(.failure(error))
            }
            return numbered(Turn.Entry(number: 0, id: id, work: work, canBeCancelled: method != "initialize"))
        }
    }

    private mutating func refusal(_ id: RequestID?, _ error: RPCError) -> Turn.Entry {
        numbered(Turn.Entry(number: 0, id: id, work: .reply(.failure(error))))
    }

    private mutating func numbered(_ entry: Turn.Entry) -> Turn.Entry {
        var entry = entry
        count += 1
        entry.number = count
        return entry
    }

    /// Whether nobody waits for requests of this id any more; what is done already, and what never was, is passed over.
    private mutating func cancel(_ id: RequestID) {
        for turn in waiting + (running.map { [$0] } ?? []) {
            for entry in turn.entries where entry.id == id && entry.canBeCancelled {
                cancelled.insert(entry.number)
            }
        }
    }

    // MARK: Turns

    /// The turn that is to be worked off next; nil when none waits.
    mutating func begin() -> Turn? {
        guard !waiting.isEmpty else { return nil }
        running = waiting.removeFirst()
        return running
    }

    func isCancelled(_ entry: Turn.Entry) -> Bool { cancelled.contains(entry.number) }

    /// Ends the turn that was begun.
    mutating func finish() {
        for entry in running?.entries ?? [] { cancelled.remove(entry.number) }
        running = nil
    }

    /// Forgets what waits.
    mutating func drop() {
        for entry in waiting.flatMap(\.entries) { cancelled.remove(entry.number) }
        waiting.removeAll()
    }

    /// Agrees on a revision for requests that do not say theirs.
    mutating func agree(on revision: Revision) { self.revision = revision }
}
