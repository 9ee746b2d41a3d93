internal import JSON

/// The manual page, in the macros of man(7), of what the parser of arguments says of a command and those below it.
struct ManualPage {
    private(set) var text = ""

    /// - Parameter command: as ArgumentParser's dump of its help describes it.
    init(_ command: JSONValue, version: String) {
        let name = command["commandName"]?.string ?? ""
        line(".TH \(name.uppercased()) 1 \"\" \"\(name) \(version)\"")
        line(".SH NAME")
        line("\(name) \\- \(Self.escaped(Self.clause(command["abstract"]?.string ?? "")))")
        line(".SH SYNOPSIS")
        line(".B \(name)")
        line(".I command")
        line("[\\fIoptions\\fR]")
        line(".SH DESCRIPTION")
        discussion(command, isFirst: true)
        line(".SH OPTIONS")
        arguments(command)
        line(".SH COMMANDS")
        for below in command["subcommands"]?.elements ?? [] where below["shouldDisplay"]?.bool != false {
            // The parser's own, which says what every --help does.
            if below["commandName"]?.string == "help" { continue }
            section(below, of: name)
        }
    }

    private mutating func section(_ command: JSONValue, of name: String) {
        line(".SS \(name) \(Self.escaped(command["commandName"]?.string ?? ""))")
        line(Self.escaped(command["abstract"]?.string ?? ""))
        discussion(command)
        arguments(command)
    }

    /// Paragraphs, and what is indented as examples.
    ///
    /// - Parameter isFirst: whether there is no text before it in its section.
    private mutating func discussion(_ command: JSONValue, isFirst: Bool = false) {
        var isExample = false
        var isBetween = !isFirst
        for row in (command["discussion"]?.string ?? "").split(separator: "\n", omittingEmptySubsequences: false) {
            if row.isEmpty {
                isBetween = true
                continue
            }
            let isIndented = row.hasPrefix("  ")
            if isExample, !isIndented { line(".fi\n.RE") }
            if isBetween, !isExample || !isIndented { line(".PP") }
            if isIndented, !isExample { line(".RS 4\n.nf") }
            (isExample, isBetween) = (isIndented, false)
            line(Self.escaped(isIndented ? String(row.dropFirst(2)) : String(row)))
        }
        if isExample { line(".fi\n.RE") }
    }

    private mutating func arguments(_ command: JSONValue) {
        for argument in command["arguments"]?.elements ?? [] where argument["shouldDisplay"]?.bool != false {
            line(".TP")
            line(Self.usage(argument))
            var parts = [argument["abstract"]?.string ?? ""]
            if let values = argument["allValues"]?.elements?.compactMap(\.string), !values.isEmpty {
                parts.append("One of \(values.joined(separator: ", ")).")
            }
            if let standard = argument["defaultValue"]?.string { parts.append("Unless told, \(standard).") }
            line(Self.escaped(parts.filter { !$0.isEmpty }.joined(separator: " ")))
        }
    }

    /// `\fB-n\fR, \fB--limit\fR \fIn\fR`.
    private static func usage(_ argument: JSONValue) -> String {
        let value = "\\fI\(escaped(argument["valueName"]?.string ?? ""))\\fR"
        let names = (argument["names"]?.elements ?? []).map { name in
            let dashes = name["kind"]?.string == "long" ? "--" : "-"
            return "\\fB\(escaped(dashes + (name["name"]?.string ?? "")))\\fR"
        }
        if names.isEmpty { return value }
        return names.joined(separator: ", ") + (argument["kind"]?.string == "option" ? " " + value : "")
    }

    /// A sentence as part of a line: without what ends it, and without a capital.
    private static func clause(_ sentence: String) -> String {
        let clause = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
        return clause.prefix(1).lowercased() + clause.dropFirst()
    }

    /// Text as it is to be read: no request, no escape, and dashes that can be copied.
    private static func escaped(_ text: String) -> String {
        let plain = text.replacing("\\", with: "\\e").replacing("-", with: "\\-").replacing("\n", with: " ")
        return plain.hasPrefix(".") || plain.hasPrefix("'") ? "\\&" + plain : plain
    }

    private mutating func line(_ line: String) { text += line + "\n" }
}
