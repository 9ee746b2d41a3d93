internal import Model
internal import Output
internal import Suoyin

/// Shows people which settings hold, and where each came from.
enum SettingsPage {
    /// A line a setting, its name first; none when everything is as it is without settings.
    static func lines(_ settings: Settings) -> [(name: String, value: String)] {
        var lines: [(String, String)] = []
        if let file = settings.file { lines.append(("settings", file.lossyString)) }
        func add(_ name: String, _ value: String, _ origin: Settings.Origin) {
            lines.append(("  " + name, "\(value)  (\(origin))"))
        }
        func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
        if let index = settings.index { add("index", index.value.lossyString, index.origin) }
        if let paths = settings.paths {
            add("paths", paths.value.map(\.lossyString).joined(separator: ", "), paths.origin)
        }
        for glob in settings.include { add("include", text(glob.value.pattern), glob.origin) }
        for glob in settings.exclude { add("exclude", text(glob.value.pattern), glob.origin) }
        for rule in settings.encodings {
            add("encodings", "\(text(rule.value.pattern.pattern))=\(rule.value.encoding)", rule.origin)
        }
        if let memory = settings.memory { add("memory", "\(memory.value)", memory.origin) }
        if let limit = settings.limit { add("search.limit", "\(limit.value)", limit.origin) }
        if let mode = settings.mode { add("search.mode", mode.value.rawValue, mode.origin) }
        if settings.file == nil, !lines.isEmpty { lines.insert(("settings", "of the environment"), at: 0) }
        return lines
    }
}
