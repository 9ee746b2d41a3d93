internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct SnapshotCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snapshot",
        abstract: "Copy the index, while it may be in use.",
        discussion: """
            The copy is the index as of its last commit, and an index of its own: search it, write to it, keep it. Every \
            byte is verified and written anew, so that a disk that fails under one does not harm the other.

              suoyin snapshot /backup/articles.idx
              suoyin search 字节跳动 --index /backup/articles.idx
            """)

    @Argument(help: "A directory that is empty or not there yet.")
    var directory: Path

    @OptionGroup var index: IndexOption

    func run() throws {
        let backup = try IndexBackup(of: index.path, to: directory)
        StandardError.write(
            "copied: commit \(backup.generation), \(Plural.count(backup.files, "file")), \(backup.bytes) bytes")
    }
}
