internal import JSON
internal import Model
internal import Suoyin

/// Answers what only the index can. Serves one thread.
final class IndexService {
    private let library: Library
    private let version: String

    /// How tools' arguments are called where an error of the library advises one.
    private static let wording = QueryWording(
        plain: "plain: true", exact: "mode: exact", all: "mode: all", fold: "fold")

    init(index: Path, directory: Path?, version: String) {
        library = Library(index: index, directory: directory)
        self.version = version
    }

    func answer(_ call: Call) -> Result<JSONValue, RPCError> {
        do {
            switch call.kind {
            case .tool(let name, let arguments): return .success(self.call(name, arguments, call.revision))
            case .listResources(let cursor):
                return .success(
                    ServerDescription.finished(
                        try ArticleResources.list(cursor: cursor, library), call.revision, version: version,
                        keptFor: 0))
            case .readResource(let uri):
                return .success(
                    ServerDescription.finished(
                        try ArticleResources.read(uri, call.revision, library), call.revision, version: version,
                        keptFor: 0))
            }
        } catch let error as RPCError {
            return .failure(error)
        } catch {
            return .failure(RPCError(.internal, "\(error)"))
        }
    }

    /// What a tool gives, or what is wrong, for the model to read.
    private func call(_ name: String, _ arguments: [JSONValue.Member], _ revision: Revision) -> JSONValue {
        let outcome: Result<ToolAnswer, ToolError>
        do {
            guard let tool = Toolbox.tool(name) else { throw ToolError("there is no tool \"\(name)\"") }
            outcome = .success(try tool.call(ToolArguments(arguments, schema: tool.inputSchema), library))
        } catch let error as ToolError {
            outcome = .failure(error)
        } catch let error as QueryError {
            outcome = .failure(ToolError(error.message(Self.wording)))
        } catch {
            outcome = .failure(ToolError("\(error)"))
        }
        var members: [JSONValue.Member]
        switch outcome {
        case .success(let answer):
            members = [.init("content", Self.content(answer.text))]
            if revision.hasStructuredContent { members.append(.init("structuredContent", answer.value)) }
            members.append(.init("isError", false))
        case .failure(let error): members = [.init("content", Self.content(error.message)), .init("isError", true)]
        }
        return ServerDescription.finished(members, revision, version: version)
    }

    private static func content(_ text: String) -> JSONValue { [["type": "text", "text": .string(text)]] }
}
