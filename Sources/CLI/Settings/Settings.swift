internal import Model
internal import Suoyin

/// What holds where the command line says nothing: from the environment, else from a file `suoyin.toml`.
///
/// Of single values, and of `paths`, the first that says one counts: option, environment, file, default. Lists of patterns add up,
/// so that an option never undoes what the file leaves out; of encodings the last match counts.
struct Settings: Sendable {
    /// Where a value came from.
    enum Origin: Sendable {
        case file(Path, line: Int)
        case variable(String)
    }

    /// A value and where it came from.
    struct Setting<Value: Sendable>: Sendable {
        var value: Value
        var origin: Origin
    }

    /// The file that was read; nil when there is none.
    var file: Path?
    var index: Setting<Path>?
    /// What `suoyin index` takes.
    var paths: Setting<[Path]>?
    var include: [Setting<PathPattern>] = []
    var exclude: [Setting<PathPattern>] = []
    var encodings: [Setting<EncodingRule>] = []
    var memory: Setting<MemorySize>?
    var limit: Setting<Int>?
    var mode: Setting<SearchMode>?

    /// What was read, once; or why it cannot be.
    static let loaded = Result { () throws(SettingsError) in try Settings.load() }

    /// What was read; nothing where that failed, which ``Main`` reports before any command runs.
    static var current: Settings { (try? loaded.get()) ?? Settings() }

    /// Reads the file, if there is one, and then the environment, which counts before it.
    private static func load() throws(SettingsError) -> Settings {
        var settings = Settings()
        if let file = try SettingsFile.find() { try SettingsFile.read(file, into: &settings) }
        try SettingsEnvironment.read(into: &settings)
        return settings
    }
}

extension Settings {
    /// Where the patterns were set that leave something out, for whoever did not give them; empty for those of the command line.
    func origins(of exclusions: [Exclusion]) -> [Origin] {
        exclusions.flatMap { exclusion -> [Origin] in
            switch exclusion {
            case .ignoreFile: []
            case .excluded(let glob): exclude.filter { $0.value == glob }.map(\.origin)
            case .notIncluded: include.map(\.origin)
            }
        }
    }
}

extension Settings.Origin: CustomStringConvertible {
    var description: String {
        switch self {
        case .variable(let name): return "$\(name)"
        case .file(let path, let line):
            let shown = Path.workingDirectory().map { path.relative(to: $0) } ?? path
            return "\(shown.lossyString):\(line)"
        }
    }
}

/// Why settings cannot be used: where, and what is allowed there.
struct SettingsError: Error, CustomStringConvertible {
    var origin: Settings.Origin
    var problem: String

    var description: String { "\(origin): \(problem)" }
}
