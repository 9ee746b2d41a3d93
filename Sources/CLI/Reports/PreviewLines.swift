internal import Model
internal import Output
internal import Suoyin

/// What an update would do, a line a file: `added`, `changed`, `renamed` or `removed`, a TAB, and the path; of a renamed file
/// the one before and, behind another TAB, the one now. Of an article that came by standard input, `-`, a TAB and its id stand
/// where a path would.
enum PreviewLines {
    static func bytes(_ preview: Indexer.Preview, from directory: Path?) -> [UInt8] {
        func shown(_ path: Path) -> [UInt8] {
            PrintableText.oneLine(path.shown(from: directory).bytes)
        }
        var lines: [[UInt8]] = []
        for (word, paths) in [
            ("added", preview.added), ("changed", preview.changed), ("removed", preview.removed),
        ] {
            lines += paths.map { Array("\(word)\t".utf8) + shown($0) }
        }
        lines += preview.renamed.map { Array("renamed\t".utf8) + shown($0.from) + [0x09] + shown($0.to) }
        for (word, ids) in [("added", preview.addedArticles), ("changed", preview.changedArticles)] {
            lines += ids.map { Array("\(word)\t-\t".utf8) + PrintableText.oneLine($0) }
        }
        return lines.flatMap { $0 + [0x0A] }
    }

    static func summary(_ preview: Indexer.Preview) -> String {
        let unreadable = preview.problems.count { !$0.isWarning && $0.path != .standardInput }
        let files = [
            (preview.added.count, "added"), (preview.changed.count, "changed"), (preview.renamed.count, "renamed"),
            (preview.removed.count, "removed"), (preview.unchangedFiles, "unchanged"), (unreadable, "unreadable"),
        ]
        let articles = [
            (preview.addedArticles.count, "added"), (preview.changedArticles.count, "changed"),
            (preview.unchangedArticles, "unchanged"),
        ]
        return Plural.sum(files: files, ofInput: articles) + "; nothing was written"
    }
}
