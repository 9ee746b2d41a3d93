internal import JSON

/// Something that a model may ask the index.
protocol Tool: Sendable {
    var name: String { get }
    var title: String { get }
    /// For models: what it gives, and when to use it.
    var description: String { get }
    var inputSchema: JSONValue { get }
    /// What ``ToolAnswer/value`` is like.
    var outputSchema: JSONValue { get }

    /// - Throws: ``ToolError`` for what the model can put right; others when the index cannot be read. Both reach it as text.
    func call(_ arguments: ToolArguments, _ library: Library) throws -> ToolAnswer
}

/// What a tool gives: the same, once for models and people, and once for programs.
struct ToolAnswer {
    var text: String
    var value: JSONValue
}

/// What is wrong with arguments: what, and what would be right.
struct ToolError: Error {
    var message: String

    init(_ message: String) { self.message = message }
}

/// The tools there are.
enum Toolbox {
    static let tools: [any Tool] = [SearchTool(), ReadTool(), ArticlesTool(), StatusTool()]

    static func tool(_ name: String) -> (any Tool)? { tools.first { $0.name == name } }
}
