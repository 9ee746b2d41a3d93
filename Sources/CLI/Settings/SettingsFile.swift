internal import Articles
internal import Glibc
internal import Model
internal import Suoyin
internal import TOML

/// `suoyin.toml`: of the working directory, else of the nearest directory above it that has one.
///
/// It is not looked for above the home directory, where the working directory lies in it. Paths, and patterns with a `/`, are
/// relative to the file's directory, wherever a command is run below it.
enum SettingsFile {
    static let name = "suoyin.toml"

    /// The keys, and what they are, as a message lists them.
    private static let keys = ["index", "paths", "include", "exclude", "encodings", "memory", "search"]
    private static let searchKeys = ["limit", "mode"]

    /// `$SUOYIN_CONFIG`, else the nearest file; nil when there is none.
    static func find() throws(SettingsError) -> Path? {
        let directory = Path.workingDirectory() ?? Path("/")
        if let named = Environment.bytes("SUOYIN_CONFIG") {
            let path = Path(bytes: named).standardized(in: directory)
            guard isFile(path) else {
                throw SettingsError(
                    origin: .variable("SUOYIN_CONFIG"), problem: "no such file: \(path.lossyString)")
            }
            return path
        }
        // The working directory is without links, and the home directory may be reached by one.
        let home = Environment.bytes("HOME").map { Path(bytes: $0).resolvedOrGone(in: directory) }
        var place = directory
        while true {
            let path = place.appending(name.utf8)
            if isFile(path) { return path }
            if place == home || place.bytes.count <= 1 { return nil }
            place = place.parent
        }
    }

    private static func isFile(_ path: Path) -> Bool {
        var status = stat()
        guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else { return false }
        return status.st_mode & S_IFMT == S_IFREG
    }

    static func read(_ file: Path, into settings: inout Settings) throws(SettingsError) {
        let document: TOMLDocument
        do {
            document = try TOMLDocument(try InputFile.read(file))
        } catch let error as TOMLError {
            throw SettingsError(origin: .file(file, line: error.line), problem: "not valid TOML: \(error.reason)")
        } catch {
            throw SettingsError(origin: .file(file, line: 1), problem: "\(error)")
        }
        settings.file = file
        var reader = SettingsReader(base: file.parent)
        for member in document.members {
            let origin = Settings.Origin.file(file, line: member.value.line)
            if member.key == "search" {
                guard case .table(let members) = member.value.content else {
                    throw wrongType("search", "a table", member.value, origin)
                }
                for member in members {
                    let origin = Settings.Origin.file(file, line: member.value.line)
                    guard searchKeys.contains(member.key) else {
                        throw unknown("search." + member.key, searchKeys.map { "search." + $0 }, origin)
                    }
                    try set(member, origin, &reader, &settings)
                }
            } else {
                guard keys.contains(member.key) else { throw unknown(member.key, keys, origin) }
                try set(member, origin, &reader, &settings)
            }
        }
    }

    private static func set(
        _ member: TOMLMember, _ origin: Settings.Origin, _ reader: inout SettingsReader, _ settings: inout Settings
    ) throws(SettingsError) {
        let key = member.key
        switch (key, member.value.content) {
        case ("index", .string(let text)), ("mode", .string(let text)), ("memory", .string(let text)):
            try reader.set(key, text, origin, &settings)
        case ("limit", .integer(let number)), ("memory", .integer(let number)):
            try reader.set(key, "\(number)", origin, &settings)
        case ("paths", .array(let elements)), ("include", .array(let elements)), ("exclude", .array(let elements)),
            ("encodings", .array(let elements)):
            for element in elements {
                var place = origin
                if case .file(let file, _) = origin { place = .file(file, line: element.line) }
                guard case .string(let text) = element.content else {
                    throw SettingsError(
                        origin: place, problem: "\"\(key)\" is an array of strings, and this is \(element.kind)")
                }
                try reader.set(key, text, place, &settings)
            }
        default: throw wrongType(key, type(of: key), member.value, origin)
        }
    }

    /// What a key takes, for messages.
    private static func type(of key: String) -> String {
        switch key {
        case "limit": "a whole number from 0"
        case "memory": "a string such as \"2G\", or a number of bytes"
        case "mode": "a string: \(SearchMode.allCases.map(\.rawValue).joined(separator: ", "))"
        case "index": "a string"
        default: "an array of strings"
        }
    }

    private static func wrongType(_ key: String, _ type: String, _ value: TOMLValue, _ origin: Settings.Origin)
        -> SettingsError
    {
        SettingsError(origin: origin, problem: "\"\(key)\" is \(type), not \(value.kind)")
    }

    private static func unknown(_ key: String, _ known: [String], _ origin: Settings.Origin) -> SettingsError {
        SettingsError(
            origin: origin, problem: "no setting is called \"\(key)\"; known are \(known.joined(separator: ", "))")
    }
}
