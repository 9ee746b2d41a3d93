internal import JSON

/// The keys of `_meta` that requests of a stateless revision have.
private enum MetaKey {
    static let revision = "io.modelcontextprotocol/protocolVersion"
    static let capabilities = "io.modelcontextprotocol/clientCapabilities"
}

extension Session {
    /// What a request asks for.
    ///
    /// Checks, in this order: the parameters' shape, the revision, the method, its parameters.
    mutating func work(_ method: String, _ parameters: JSONValue?) throws(RPCError) -> Turn.Entry.Work {
        let parameters = try Parameters(parameters)
        if method == "initialize" { return .reply(.success(try initialize(parameters))) }
        let revision = try self.revision(of: method, parameters)
        if let call = try self.call(method, parameters) { return .call(Call(kind: call, revision: revision)) }
        return .reply(.success(try answer(method, parameters, revision)))
    }

    /// Methods that need the index; nil for others.
    private func call(_ method: String, _ parameters: Parameters) throws(RPCError) -> Call.Kind? {
        switch method {
        case "tools/call":
            let name = try parameters.required("name")
            guard Toolbox.tool(name) != nil else {
                let names = Toolbox.tools.map(\.name).joined(separator: ", ")
                throw RPCError(.invalidParameters, "there is no tool \"\(name)\", only \(names)")
            }
            return .tool(name: name, arguments: try parameters.object("arguments") ?? [])
        case "resources/list": return .listResources(cursor: try parameters.string("cursor"))
        case "resources/read": return .readResource(uri: try parameters.required("uri"))
        default: return nil
        }
    }

    /// Methods that need nothing but the program.
    private func answer(_ method: String, _ parameters: Parameters, _ revision: Revision) throws(RPCError)
        -> JSONValue
    {
        switch method {
        case "server/discover" where revision.isStateless:
            return ServerDescription.discovery(version: version, revision)
        case "ping" where !revision.isStateless: return [:]
        case "tools/list":
            // Few enough for one page, so that there is no cursor to give.
            try parameters.refuseCursor()
            return ServerDescription.tools(revision, version: version)
        case "resources/templates/list":
            try parameters.refuseCursor()
            return ServerDescription.resourceTemplates(revision, version: version)
        default: throw RPCError(.methodNotFound, "there is no method \"\(method)\"")
        }
    }

    private mutating func initialize(_ parameters: Parameters) throws(RPCError) -> JSONValue {
        guard revision == nil else { throw RPCError(.invalidRequest, "the session is initialized already") }
        let asked = try parameters.required("protocolVersion")
        let known = Revision(rawValue: asked).flatMap { $0.isStateless ? nil : $0 }
        let agreed = known ?? .latestWithHandshake
        agree(on: agreed)
        return ServerDescription.initialization(version: version, agreed)
    }

    /// The revision that a request is of.
    private func revision(of method: String, _ parameters: Parameters) throws(RPCError) -> Revision {
        if let asked = parameters.meta[MetaKey.revision] {
            guard let text = asked.string else {
                throw RPCError(.invalidParameters, "_meta has \"\(MetaKey.revision)\", a string")
            }
            guard let revision = Revision(rawValue: text), revision.isStateless else {
                let spoken = Revision.allCases.reversed().map { JSONValue.string($0.rawValue) }
                throw RPCError(
                    .unsupportedRevision, "requests of revision \(text) are not spoken",
                    data: ["supported": .array(spoken), "requested": asked])
            }
            guard parameters.meta[MetaKey.capabilities]?.members != nil else {
                throw RPCError(.invalidParameters, "_meta has \"\(MetaKey.capabilities)\", an object")
            }
            return revision
        }
        if let revision { return revision }
        // Whether anyone is there may be asked at any time.
        if method == "ping" { return .latestWithHandshake }
        throw RPCError(
            .invalidParameters,
            "the first request is initialize, unless each has \"\(MetaKey.revision)\" and \"\(MetaKey.capabilities)\" in _meta"
        )
    }
}

/// The parameters of a request.
struct Parameters {
    private let members: JSONValue
    /// What goes with any request; an empty object when there is none.
    let meta: JSONValue

    init(_ value: JSONValue?) throws(RPCError) {
        members = value ?? [:]
        guard members.members != nil else {
            throw RPCError(.invalidParameters, "params are an object, not \(members.kind)")
        }
        meta = members["_meta"] ?? [:]
        guard meta.members != nil else {
            throw RPCError(.invalidParameters, "_meta is an object, not \(meta.kind)")
        }
    }

    func string(_ name: String) throws(RPCError) -> String? {
        guard let value = members[name] else { return nil }
        guard let text = value.string else {
            throw RPCError(.invalidParameters, "\(name) is a string, not \(value.kind)")
        }
        return text
    }

    func required(_ name: String) throws(RPCError) -> String {
        guard let text = try string(name) else {
            throw RPCError(.invalidParameters, "\(name) is missing, a string")
        }
        return text
    }

    func object(_ name: String) throws(RPCError) -> [JSONValue.Member]? {
        guard let value = members[name] else { return nil }
        guard let members = value.members else {
            throw RPCError(.invalidParameters, "\(name) are an object, not \(value.kind)")
        }
        return members
    }

    /// For lists of one page.
    func refuseCursor() throws(RPCError) {
        if try string("cursor") != nil { throw RPCError(.invalidParameters, "there is no such cursor") }
    }
}
