internal import Articles
internal import Model

/// Says on standard error what is left out of the index, and by what.
enum LeftOut {
    static func note(_ path: Path, _ exclusion: Exclusion) {
        let directory = Path.workingDirectory()
        let shown = directory.map { path.relative(to: $0) } ?? path
        let reason = exclusion.describe(relativeTo: directory)
        StandardError.write("suoyin: note: \(shown.lossyString) is left out by \(reason)")
    }

    /// The same of a path given by name, which is looked at all the same, where indexing what holds it would leave it out: one of
    /// the paths of the settings, else the working directory.
    static func note(_ path: Path, _ selection: FileSelection) {
        guard let directory = Path.workingDirectory(), let resolved = try? path.resolved(),
            let status = try? FileStatus.of(resolved)
        else { return }
        let paths = (Settings.current.paths?.value ?? []).compactMap { try? $0.resolved() }
        let root = (paths + [directory]).first { resolved.isWithin($0) } ?? resolved.parent
        let exclusion = try? selection.exclusion(of: resolved, below: root, isDirectory: status.kind == .directory)
        if let exclusion { note(resolved, exclusion) }
    }
}
