internal import JSON

/// A request that only the index can answer.
struct Call: Sendable {
    enum Kind: Equatable, Sendable {
        case tool(name: String, arguments: [JSONValue.Member])
        case listResources(cursor: String?)
        case readResource(uri: String)
    }

    var kind: Kind
    /// Whose wording the answer takes.
    var revision: Revision
}
