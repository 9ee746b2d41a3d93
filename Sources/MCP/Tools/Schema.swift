internal import JSON

/// JSON Schema (2020-12), as much of it as tools need.
enum Schema {
    /// An object with these members and no others.
    static func object(_ properties: [(name: String, schema: JSONValue)], required: [String] = []) -> JSONValue {
        var members: [JSONValue.Member] = [
            .init("type", "object"), .init("properties", .object(properties.map { .init($0.name, $0.schema) })),
        ]
        if !required.isEmpty { members.append(.init("required", .array(required.map { .string($0) }))) }
        members.append(.init("additionalProperties", false))
        return .object(members)
    }

    static func string(_ description: String) -> JSONValue {
        ["type": "string", "description": .string(description)]
    }

    /// One string, or several.
    static func strings(_ description: String) -> JSONValue {
        [
            "anyOf": [["type": "string"], ["type": "array", "items": ["type": "string"]]],
            "description": .string(description),
        ]
    }

    static func words(_ words: [String], default standard: String? = nil, _ description: String) -> JSONValue {
        let members: JSONValue = [
            "type": "string", "enum": .array(words.map { .string($0) }), "description": .string(description),
        ]
        return standard.map { .object((members.members ?? []) + [.init("default", .string($0))]) } ?? members
    }

    static func integer(_ range: ClosedRange<Int>, default standard: Int, _ description: String) -> JSONValue {
        [
            "type": "integer", "minimum": .number(range.lowerBound), "maximum": .number(range.upperBound),
            "default": .number(standard), "description": .string(description),
        ]
    }

    /// A number that something has, from 0.
    static func count(_ description: String) -> JSONValue {
        ["type": "integer", "minimum": 0, "description": .string(description)]
    }

    static func number(_ description: String) -> JSONValue {
        ["type": "number", "description": .string(description)]
    }

    static func flag(_ description: String) -> JSONValue {
        ["type": "boolean", "description": .string(description)]
    }

    static func array(of items: JSONValue, _ description: String) -> JSONValue {
        ["type": "array", "items": items, "description": .string(description)]
    }
}
