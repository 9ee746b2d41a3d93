extension JSONWriter {
    /// A value with all that is in it.
    public mutating func value(_ value: JSONValue) {
        switch value {
        case .null: self.value("null")
        case .bool(let flag): self.value(flag ? "true" : "false")
        case .number(let text): self.value(text)
        case .string(let text): string(text)
        case .array(let elements): array(of: elements) { json, element in json.value(element) }
        case .object(let members):
            object { json in
                for member in members {
                    json.key(member.key)
                    json.value(member.value)
                }
            }
        }
    }
}

extension JSONValue {
    /// The value as compact JSON, on one line.
    public var bytes: [UInt8] {
        var json = JSONWriter()
        json.value(self)
        return json.bytes
    }
}
