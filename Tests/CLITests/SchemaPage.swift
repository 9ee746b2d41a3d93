import JSON
import TestSupport

/// The JSON Schema that a page of the documentation gives.
struct SchemaPage {
    private let definitions: JSONValue

    /// - Parameter path: below `Sources`.
    /// - Returns: nil where the page has none.
    init?(_ path: String) {
        let page = readFile(projectRoot + "/Sources/" + path).map { String(decoding: $0, as: UTF8.self) }
        guard let page, let start = page.firstRange(of: "```json\n"),
            let end = page[start.upperBound...].firstRange(of: "```\n"),
            let definitions = try? JSONDocument(Array(page[start.upperBound..<end.lowerBound].utf8)).value["$defs"]
        else { return nil }
        self.definitions = definitions
    }

    /// The members that an object may have which has a name there; nil where none has it.
    func members(of name: String) -> [String]? { definitions[name]?["properties"]?.members?.map(\.key) }

    /// What is wrong with a value that is to be what a name stands for.
    func complaints(_ value: JSONValue, _ name: String) -> [String] {
        guard let schema = definitions[name] else { return ["nothing is called \(name)"] }
        return SchemaCheck.complaints(value, resolved(schema))
    }

    /// The schema with what it refers to in its place. Objects have no members but those named, so that none is undocumented.
    private func resolved(_ schema: JSONValue) -> JSONValue {
        if let name = schema["$ref"]?.string {
            // What nothing fits stands for what is not there.
            let missing = JSONValue.object([.init("enum", .array([]))])
            return definitions[String(name.dropFirst("#/$defs/".count))].map(resolved) ?? missing
        }
        if let elements = schema.elements { return .array(elements.map(resolved)) }
        guard var members = schema.members else { return schema }
        members = members.map { .init($0.key, resolved($0.value)) }
        if schema["properties"]?.members != nil { members.append(.init("additionalProperties", .bool(false))) }
        return .object(members)
    }
}
