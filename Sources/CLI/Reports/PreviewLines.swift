internal import Model
internal import Output
internal import Suoyin

/// What an update would do, a line a file: `added`, `changed`, `renamed` or `removed`, a TAB, and the path; of a renamed file
/// the one before and, behind another TAB, the one now.
enum PreviewLines {
    static func bytes(_ preview: Indexer.Preview, from directory: Path?) -> [UInt8] {
        func shown(_ path: Path) -> [UInt8] {
            PrintableText.oneLine((directory.map { path.relative(to: $0) } ?? path).bytes)
        }
        var lines: [[UInt8]] = []
        for (word, paths) in [
            ("added", preview.added), ("changed", preview.changed), ("removed", preview.removed),
        ] {
            lines += paths.map { Array("\(word)\t".utf8) + shown($0) }
        }
        lines += preview.renamed.map { Array("renamed\t".utf8) + shown($0.from) + [0x09] + shown($0.to) }
        return lines.flatMap { $0 + [0x0A] }
    }

    static func summary(_ preview: Indexer.Preview) -> String {
        let unreadable = preview.problems.count { !$0.isWarning }
        let counts = [
            (preview.added.count, "added"), (preview.changed.count, "changed"), (preview.renamed.count, "renamed"),
            (preview.removed.count, "removed"), (preview.unchangedFiles, "unchanged"), (unreadable, "unreadable"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return (counts.isEmpty ? "no files" : "files: " + counts.joined(separator: ", ")) + "; nothing was written"
    }
}
