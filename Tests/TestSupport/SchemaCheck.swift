public import JSON

/// As much of JSON Schema as the schemas here use; a keyword that it does not know is a complaint.
public enum SchemaCheck {
    /// What is wrong with a value.
    public static func complaints(_ value: JSONValue, _ schema: JSONValue, at place: String = "$") -> [String] {
        var complaints: [String] = []
        func require(_ isRight: Bool, _ what: String) {
            if !isRight {
                complaints.append("\(place): \(what), found \(String(decoding: value.bytes, as: UTF8.self))")
            }
        }
        for keyword in schema.members ?? [] {
            switch keyword.key {
            case "description", "default": break
            case "type": require(isOfType(value, keyword.value.string ?? ""), "not \(keyword.value)")
            case "enum": require(keyword.value.elements?.contains(value) == true, "none of the words")
            case "minimum": require(value.integer ?? 0 >= keyword.value.integer ?? 0, "too small")
            case "maximum": require(value.integer ?? 0 <= keyword.value.integer ?? 0, "too large")
            case "required":
                for name in keyword.value.elements ?? [] { require(value[name.string ?? ""] != nil, "no \(name)") }
            case "properties":
                for member in value.members ?? [] {
                    guard let schema = keyword.value[member.key] else { continue }
                    complaints += Self.complaints(member.value, schema, at: place + "." + member.key)
                }
            case "additionalProperties":
                require(keyword.value == false, "only false is known")
                let known = schema["properties"]?.members?.map(\.key) ?? []
                for member in value.members ?? [] { require(known.contains(member.key), "unknown \(member.key)") }
            case "items":
                for (index, element) in (value.elements ?? []).enumerated() {
                    complaints += Self.complaints(element, keyword.value, at: "\(place)[\(index)]")
                }
            case "anyOf":
                let fits = keyword.value.elements?.contains { Self.complaints(value, $0).isEmpty }
                require(fits == true, "none of the alternatives")
            default: complaints.append("\(place): the keyword \(keyword.key) is not known here")
            }
        }
        return complaints
    }

    private static func isOfType(_ value: JSONValue, _ type: String) -> Bool {
        switch (type, value) {
        case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool), ("number", .number):
            true
        case ("integer", .number): value.integer != nil
        default: false
        }
    }
}
