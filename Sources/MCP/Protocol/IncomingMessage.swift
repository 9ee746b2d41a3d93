internal import JSON

/// What a line, or an element of a batch, turns out to be.
enum IncomingMessage: Sendable {
    case request(RequestID, method: String, parameters: JSONValue?)
    case notification(method: String, parameters: JSONValue?)
    /// An answer, of which there are none to wait for: nothing is ever asked of a client.
    case response
    /// No message; the id where it can be told.
    case invalid(RequestID?, RPCError)

    /// Reads a message's outside. Checks, in this order: that it is an object, its keys, its version, its id, its method.
    init(_ value: JSONValue, repeatedKey: String? = nil) {
        guard case .object(let members) = value else {
            self = .invalid(nil, RPCError(.invalidRequest, "a message is a JSON object, not \(value.kind)"))
            return
        }
        let ids = members.filter { $0.key == "id" }
        // Of two ids none is the id.
        let id = ids.count == 1 ? RequestID(ids[0].value) : nil
        func invalid(_ message: String) -> IncomingMessage { .invalid(id, RPCError(.invalidRequest, message)) }

        if let repeatedKey {
            self = invalid("an object of the message has the key \"\(repeatedKey)\" twice")
        } else if value["jsonrpc"] != "2.0" {
            self = invalid("a message has \"jsonrpc\": \"2.0\"")
        } else if value["method"] == nil, value["result"] != nil || value["error"] != nil {
            self = .response
        } else if !ids.isEmpty, id == nil {
            self = invalid("an id is a string or a whole number")
        } else if let method = value["method"]?.string {
            let parameters = value["params"]
            self =
                id.map { .request($0, method: method, parameters: parameters) }
                ?? .notification(method: method, parameters: parameters)
        } else {
            self = invalid("a request has a \"method\", a string")
        }
    }
}
