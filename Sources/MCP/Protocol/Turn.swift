internal import JSON

/// What one line asks for: a request, or the requests of a batch, whose replies go out together.
struct Turn: Sendable {
    struct Entry: Sendable {
        enum Work: Sendable {
            case reply(Result<JSONValue, RPCError>)
            case call(Call)
        }

        /// Tells entries apart, as ids need not.
        var number: Int
        /// nil where none could be told.
        var id: RequestID?
        var work: Work
        /// Whether the client may take it back.
        var canBeCancelled = true
    }

    var entries: [Entry]
    var isBatch: Bool
    /// Bytes of the line.
    var size: Int
}

extension Turn.Entry {
    /// The message that answers it.
    func reply(_ result: Result<JSONValue, RPCError>) -> JSONValue {
        let outcome =
            switch result {
            case .success(let value): JSONValue.Member("result", value)
            case .failure(let error): JSONValue.Member("error", error.value)
            }
        return .object([.init("jsonrpc", "2.0"), .init("id", id?.value ?? .null), outcome])
    }
}
