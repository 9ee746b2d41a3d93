internal import Articles
internal import Model

/// Says on standard error what is left out of the index, and by what.
enum LeftOut {
    static func note(_ path: Path, _ exclusion: Exclusion) {
        let directory = Path.workingDirectory()
        let shown = directory.map { path.relative(to: $0) } ?? path
        let reason = exclusion.describe(relativeTo: directory) + origins(of: [exclusion])
        StandardError.write("suoyin: note: \(shown.lossyString) is left out by \(reason)")
    }

    /// Where the patterns were set, in parentheses; empty where that was the command line.
    static func origins(of exclusions: [Exclusion]) -> String {
        var origins: [String] = []
        for origin in Settings.current.origins(of: exclusions).map({ "\($0)" }) where !origins.contains(origin) {
            origins.append(origin)
        }
        return origins.isEmpty ? "" : " (from \(origins.joined(separator: ", ")))"
    }

    /// The same of a path given by name, which is looked at all the same, where indexing what holds it would leave it out.
    static func note(_ path: Path, _ selection: FileSelection) {
        if let (path, exclusion) = reason(path, selection) { note(path, exclusion) }
    }

    /// Why indexing what holds a path, one of the paths of the settings, else the working directory, would leave it out.
    static func reason(_ path: Path, _ selection: FileSelection) -> (path: Path, exclusion: Exclusion)? {
        guard let directory = Path.workingDirectory(), let resolved = try? path.resolved(),
            let status = try? FileStatus.of(resolved)
        else { return nil }
        let paths = (Settings.current.paths?.value ?? []).compactMap { try? $0.resolved() }
        let root = (paths + [directory]).first { resolved.isWithin($0) } ?? resolved.parent
        let exclusion = try? selection.exclusion(of: resolved, below: root, isDirectory: status.kind == .directory)
        return exclusion.map { (resolved, $0) }
    }
}
