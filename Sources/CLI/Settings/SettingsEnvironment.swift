internal import Model

/// Settings from environment variables.
enum SettingsEnvironment {
    /// The variables, and the key of the file that each goes before. Lists are parted by colons, as in `PATH`.
    static let variables: [(name: String, key: String, isList: Bool)] = [
        ("SUOYIN_INDEX", "index", false), ("SUOYIN_PATHS", "paths", true), ("SUOYIN_INCLUDE", "include", true),
        ("SUOYIN_EXCLUDE", "exclude", true), ("SUOYIN_ENCODINGS", "encodings", true),
        ("SUOYIN_MEMORY", "memory", false), ("SUOYIN_LIMIT", "limit", false), ("SUOYIN_MODE", "mode", false),
    ]

    /// Sets what variables say; one that is empty says nothing.
    static func read(into settings: inout Settings) throws(SettingsError) {
        let reader = SettingsReader()
        for (name, key, isList) in variables {
            guard let bytes = Environment.bytes(name) else { continue }
            let origin = Settings.Origin.variable(name)
            guard isList else {
                try reader.set(key, bytes: bytes, origin, &settings)
                continue
            }
            // Paths of the file go; lists of patterns add up.
            if key == "paths" { settings.paths = nil }
            for element in bytes.split(separator: UInt8(ascii: ":")) {
                try reader.set(key, bytes: Array(element), origin, &settings)
            }
        }
    }
}
