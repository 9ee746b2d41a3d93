internal import JSON
internal import Model

/// The arguments of a call, checked one by one as they are asked for. Null is as good as none.
struct ToolArguments {
    private let members: [JSONValue.Member]

    /// - Parameter schema: the tool's; a name that it does not have is refused, since it was meant to do something.
    init(_ members: [JSONValue.Member], schema: JSONValue) throws(ToolError) {
        let known = schema["properties"]?.members?.map(\.key) ?? []
        if let unknown = members.first(where: { !known.contains($0.key) }) {
            let names = known.isEmpty ? "none at all" : known.joined(separator: ", ")
            throw ToolError("there is no argument \"\(unknown.key)\"; there are \(names)")
        }
        self.members = members
    }

    private func value(_ name: String) -> JSONValue? {
        let value = members.first { $0.key == name }?.value
        return value == .null ? nil : value
    }

    func string(_ name: String) throws(ToolError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw ToolError("\(name) is a string, not \(value.kind)") }
        return text
    }

    func required(_ name: String) throws(ToolError) -> String {
        guard let text = try string(name) else { throw ToolError("\(name) is missing, a string") }
        return text
    }

    /// One string, or several.
    func strings(_ name: String) throws(ToolError) -> [String] {
        guard let value = value(name) else { return [] }
        if let text = value.string { return [text] }
        guard let elements = value.elements else {
            throw ToolError("\(name) is a string or an array of strings, not \(value.kind)")
        }
        var texts: [String] = []
        for element in elements {
            guard let text = element.string else {
                throw ToolError("\(name) is an array of strings, and has \(element.kind)")
            }
            texts.append(text)
        }
        return texts
    }

    func integer(_ name: String, in range: ClosedRange<Int>, default standard: Int) throws(ToolError) -> Int {
        guard let value = value(name) else { return standard }
        guard let number = value.integer, range.contains(number) else {
            throw ToolError("\(name) is a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    func flag(_ name: String) throws(ToolError) -> Bool {
        guard let value = value(name) else { return false }
        guard let flag = value.bool else { throw ToolError("\(name) is true or false, not \(value.kind)") }
        return flag
    }

    /// One of a few words.
    func word<T: RawRepresentable & CaseIterable>(_ name: String, default standard: T) throws(ToolError) -> T
    where T.RawValue == String {
        guard let text = try string(name) else { return standard }
        guard let word = T(rawValue: text) else {
            throw ToolError("\(name) is one of \(T.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)")
        }
        return word
    }
}
