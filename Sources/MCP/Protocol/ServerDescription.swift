internal import JSON

/// What the server says of itself.
enum ServerDescription {
    /// Milliseconds for which what only another version of the program would change may be kept.
    private static let keptForAnHour = 3_600_000

    private static let capabilities: JSONValue = ["tools": [:], "resources": [:]]

    /// For models: what the descriptions of the tools do not say.
    private static let instructions = """
        Full-text search in Chinese articles, by paragraph. Begin with the tool search; read shows what stands around a hit, \
        articles what there is. Simplified and Traditional, full and half width, upper and lower case find each other. A query \
        is keywords apart by spaces, all of which have to stand in the paragraph as they are written; when none has them all, \
        the best matches are given instead, and mode says "any". Few and short keywords find more: 竞业协议 奶茶, not a sentence. \
        "清华 大学" in quotation marks is one keyword, gpt* any word that begins so, "甲 乙"~10 two with ten characters between \
        them at most, py:zjtd what is read so in pinyin; OR, NOT and parentheses join keywords. Cite hits as path:line.
        """

    private static func information(version: String, _ revision: Revision) -> JSONValue {
        var members: [JSONValue.Member] = [.init("name", "suoyin"), .init("version", .string(version))]
        if revision.hasStructuredContent { members.insert(.init("title", "Suoyin 索引"), at: 1) }
        return .object(members)
    }

    static func initialization(version: String, _ revision: Revision) -> JSONValue {
        [
            "protocolVersion": .string(revision.rawValue), "capabilities": capabilities,
            "serverInfo": information(version: version, revision), "instructions": .string(instructions),
        ]
    }

    static func discovery(version: String, _ revision: Revision) -> JSONValue {
        let spoken = Revision.allCases.reversed().map { JSONValue.string($0.rawValue) }
        return finished(
            [
                .init("supportedVersions", .array(spoken)), .init("capabilities", capabilities),
                .init("instructions", .string(instructions)),
            ], revision, version: version, keptFor: keptForAnHour)
    }

    static func tools(_ revision: Revision, version: String) -> JSONValue {
        let tools = Toolbox.tools.map { tool in
            var members: [JSONValue.Member] = [.init("name", .string(tool.name))]
            if revision.hasStructuredContent { members.append(.init("title", .string(tool.title))) }
            members.append(.init("description", .string(tool.description)))
            members.append(.init("inputSchema", tool.inputSchema))
            if revision.hasStructuredContent { members.append(.init("outputSchema", tool.outputSchema)) }
            if revision.hasToolAnnotations {
                members.append(
                    .init("annotations", ["readOnlyHint": true, "idempotentHint": true, "openWorldHint": false]))
            }
            return JSONValue.object(members)
        }
        return finished([.init("tools", .array(tools))], revision, version: version, keptFor: keptForAnHour)
    }

    static func resourceTemplates(_ revision: Revision, version: String) -> JSONValue {
        finished(
            [.init("resourceTemplates", [ArticleURI.template])], revision, version: version, keptFor: keptForAnHour)
    }

    /// A result with what a stateless revision wants in each: its type, who gives it, and how long it may be kept.
    ///
    /// - Parameter keptFor: milliseconds; nil for results that are not to be kept by their nature.
    static func finished(
        _ members: [JSONValue.Member], _ revision: Revision, version: String, keptFor: Int? = nil
    ) -> JSONValue {
        guard revision.isStateless else { return .object(members) }
        var members = members
        members.insert(.init("resultType", "complete"), at: 0)
        if let keptFor {
            members.append(.init("ttlMs", .number(keptFor)))
            members.append(.init("cacheScope", keptFor > 0 ? "public" : "private"))
        }
        members.append(
            .init("_meta", ["io.modelcontextprotocol/serverInfo": information(version: version, revision)]))
        return .object(members)
    }
}
