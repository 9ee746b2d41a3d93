internal import JSON

/// What a client calls a request: a string, or a whole number, which goes back as it was written.
struct RequestID: Equatable, Sendable {
    let value: JSONValue

    /// - Returns: nil for what is no id: null, too, which JSON-RPC knows and this protocol does not.
    init?(_ value: JSONValue?) {
        switch value {
        case .string?: break
        case .number(let text)? where text.utf8.allSatisfy { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }:
            break
        default: return nil
        }
        self.value = value ?? .null
    }
}
