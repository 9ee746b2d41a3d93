internal import JSON

/// An error of the protocol: something that is wrong with a message, not with what a tool was asked for.
struct RPCError: Error, Equatable, Sendable {
    enum Code: Int, Sendable {
        /// The line is not JSON, or not UTF-8, or too long, or nested too deep.
        case parse = -32700
        /// It is JSON, and no message.
        case invalidRequest = -32600
        case methodNotFound = -32601
        case invalidParameters = -32602
        case `internal` = -32603
        /// Up to `2025-11-25`; since then this is ``invalidParameters``.
        case resourceNotFound = -32002
        /// A request says that it is of a revision that is not spoken.
        case unsupportedRevision = -32022
    }

    var code: Code
    /// What is wrong, where, and what to do.
    var message: String
    var data: JSONValue?

    init(_ code: Code, _ message: String, data: JSONValue? = nil) {
        self.code = code
        self.message = message
        self.data = data
    }

    var value: JSONValue {
        var members: [JSONValue.Member] = [
            .init("code", .number(code.rawValue)), .init("message", .string(message)),
        ]
        if let data { members.append(.init("data", data)) }
        return .object(members)
    }
}
