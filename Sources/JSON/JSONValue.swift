/// A JSON value (RFC 8259).
public enum JSONValue: Equatable, Sendable {
    /// A member of an object.
    public struct Member: Equatable, Sendable {
        public var key: String
        public var value: JSONValue

        public init(_ key: String, _ value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    case null
    case bool(Bool)
    /// As it is written, so that no digit is lost.
    case number(String)
    case string(String)
    case array([JSONValue])
    /// In the order in which they stand. A key may stand twice; see ``JSONDocument/repeatedKey``.
    case object([Member])

    /// A finite number.
    public static func number(_ value: some BinaryInteger) -> JSONValue { .number("\(value)") }

    /// A finite number, in the fewest digits that read back as the same value.
    public static func number(_ value: Float) -> JSONValue { .number("\(value)") }

    /// The first member of that name; nil when there is none, or this is no object.
    public subscript(_ key: String) -> JSONValue? { members?.first { $0.key == key }?.value }

    public var members: [Member]? { if case .object(let members) = self { members } else { nil } }
    public var elements: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }
    public var string: String? { if case .string(let text) = self { text } else { nil } }
    public var bool: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    /// The number, if it is a whole one that fits, however it is written: `10`, `10.0`, `1e1`.
    public var integer: Int? {
        guard case .number(let text) = self else { return nil }
        return Int(text) ?? Double(text).flatMap { Int(exactly: $0) }
    }

    /// What kind of value it is, for messages.
    public var kind: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}

extension JSONValue: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral, ExpressibleByStringLiteral,
    ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral
{
    public init(dictionaryLiteral members: (String, JSONValue)...) {
        self = .object(members.map { Member($0.0, $0.1) })
    }

    public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    public init(stringLiteral text: String) { self = .string(text) }
    public init(integerLiteral value: Int) { self = .number(value) }
    public init(booleanLiteral flag: Bool) { self = .bool(flag) }
}
