/// A JSON text, read whole.
public struct JSONDocument: Sendable {
    /// What the text says.
    public let value: JSONValue
    /// The first key that an object has twice, and the byte at which it stands again; nil when none has. Readers differ in
    /// which of the two counts, so that whoever acts on a text had better refuse it.
    public let repeatedKey: (key: String, offset: Int)?

    /// - Parameter bytes: UTF-8. What is not is read as U+FFFD.
    /// - Throws: when it is not JSON, or nested deeper than ``JSONScanner/depthLimit``.
    /// - Complexity: O(bytes).
    public init(_ bytes: [UInt8]) throws(JSONError) {
        var builder = TreeBuilder()
        value = try unsafe bytes.withUnsafeBufferPointer { (bytes) throws(JSONError) in
            var scanner = unsafe JSONScanner(bytes)
            scanner.skipSpace()
            let value = try builder.value(&scanner, depth: 0)
            scanner.skipSpace()
            guard scanner.isAtEnd else { throw scanner.failure(.notJSON) }
            return value
        }
        repeatedKey = builder.repeatedKey
    }
}

/// Makes values of what a scanner meets.
private struct TreeBuilder {
    var repeatedKey: (key: String, offset: Int)?

    mutating func value(_ scanner: inout JSONScanner, depth: Int) throws(JSONError) -> JSONValue {
        guard depth < JSONScanner.depthLimit else { throw scanner.failure(.tooDeep) }
        switch scanner.peek() {
        case UInt8(ascii: "\""): return .string(String(decoding: try scanner.string().bytes, as: UTF8.self))
        case UInt8(ascii: "{"): return .object(try members(&scanner, depth: depth + 1))
        case UInt8(ascii: "["):
            var elements: [JSONValue] = []
            try scanner.forEachMember(close: UInt8(ascii: "]")) { (scanner) throws(JSONError) in
                elements.append(try value(&scanner, depth: depth + 1))
            }
            return .array(elements)
        case UInt8(ascii: "t"):
            try scanner.expect("true")
            return .bool(true)
        case UInt8(ascii: "f"):
            try scanner.expect("false")
            return .bool(false)
        case UInt8(ascii: "n"):
            try scanner.expect("null")
            return .null
        default: return .number(String(decoding: try scanner.number().bytes, as: UTF8.self))
        }
    }

    private mutating func members(_ scanner: inout JSONScanner, depth: Int) throws(JSONError) -> [JSONValue.Member]
    {
        var members: [JSONValue.Member] = []
        // By bytes: strings that look the same are equal to Swift, and different keys in JSON.
        var keys: Set<[UInt8]> = []
        try scanner.forEachMember(close: UInt8(ascii: "}")) { (scanner) throws(JSONError) in
            let offset = scanner.index
            let bytes = try scanner.string().bytes
            let key = String(decoding: bytes, as: UTF8.self)
            if !keys.insert(bytes).inserted, repeatedKey == nil { repeatedKey = (key, offset) }
            try scanner.expectColon()
            members.append(JSONValue.Member(key, try value(&scanner, depth: depth)))
        }
        return members
    }
}
