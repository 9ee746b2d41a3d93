internal import Model
internal import Suoyin

/// Reads the text of settings, wherever it is from.
struct SettingsReader {
    /// What paths, and patterns with a `/`, are relative to; nil for the working directory.
    let base: Path?
    private let directory = Path.workingDirectory()

    init(base: Path? = nil) { self.base = base }

    /// Sets what a key is for; of lists one element.
    func set(_ key: String, _ text: String, _ origin: Settings.Origin, _ settings: inout Settings)
        throws(SettingsError)
    {
        try set(key, bytes: Array(text.utf8), origin, &settings)
    }

    func set(_ key: String, bytes: [UInt8], _ origin: Settings.Origin, _ settings: inout Settings)
        throws(SettingsError)
    {
        func fail(_ problem: String) -> SettingsError {
            SettingsError(origin: origin, problem: "\"\(key)\": \(problem)")
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard !bytes.isEmpty else { throw fail("an empty text says nothing") }
        switch key {
        case "index": settings.index = .init(value: path(bytes), origin: origin)
        case "paths":
            settings.paths = .init(value: (settings.paths?.value ?? []) + [path(bytes)], origin: origin)
        case "include": settings.include.append(.init(value: pattern(PathPattern(bytes)), origin: origin))
        case "exclude": settings.exclude.append(.init(value: pattern(PathPattern(bytes)), origin: origin))
        case "encodings":
            do throws(EncodingRuleError) {
                let rule = try EncodingRule(parsing: bytes)
                let anchored = EncodingRule(pattern(rule.pattern), rule.encoding, isStanding: true)
                settings.encodings.append(.init(value: anchored, origin: origin))
            } catch {
                throw fail(error.description)
            }
        case "memory":
            do throws(MemorySize.Problem) {
                settings.memory = .init(value: try MemorySize(parsing: text), origin: origin)
            } catch {
                throw fail(error.description)
            }
        case "limit":
            guard let limit = Int(text), limit >= 0 else { throw fail("a whole number from 0, not \(text)") }
            settings.limit = .init(value: limit, origin: origin)
        default:
            guard let mode = SearchMode(rawValue: text) else {
                let known = SearchMode.allCases.map(\.rawValue).joined(separator: ", ")
                throw fail("one of \(known), not \(text)")
            }
            settings.mode = .init(value: mode, origin: origin)
        }
    }

    /// The path as typed from the working directory.
    private func path(_ bytes: [UInt8]) -> Path {
        guard let base, let directory else { return Path(bytes: bytes) }
        let absolute = Path(bytes: bytes).standardized(in: base)
        return absolute == directory ? Path(".") : absolute.shown(from: directory)
    }

    /// The pattern, from where the settings are relative to on.
    private func pattern(_ pattern: PathPattern) -> PathPattern { base.map { pattern.anchored(in: $0) } ?? pattern }
}
