import Model
import Suoyin
import TestSupport

/// A small collection, indexed.
final class LibraryFixture: Sendable {
    let directory = TemporaryDirectory()

    static let files = [
        ("大学.txt", "清华大学的一天\n\n清华大学计算机系招聘。\n图书馆在清华园，人工智能课在三教。\n"),
        ("notes/模型.md", "# 大模型\n\n人工智能与**大模型**。\n\n- 字节跳动\n- 清华大学\n"),
        (
            "短讯.jsonl",
            #"{"id":"n1","title":"快讯","text":"字节跳动招聘。\n清华大学开学。","date":"2024-05-01"}"# + "\n"
                + #"{"id":"n2","text":"團(tuán)隊與人工智能","date":"2023-01-01"}"# + "\n"
                + #"{"id":"../secret","text":"秘密"}"# + "\n"
        ),
        ("别处.jsonl", #"{"id":"n2","text":"另一篇"}"# + "\n" + #"{"id":"n3","text":""}"# + "\n"),
    ]

    init(_ files: [(String, String)] = LibraryFixture.files) async throws {
        for (name, text) in files { directory.write(text.utf8, to: "articles/" + name) }
        try await update()
    }

    var index: Path { Path(directory.path(of: "Index")) }

    func update() async throws {
        _ = try await Indexer(index: index).update([Path(directory.path(of: "articles"))])
    }

    /// A conversation about it, opened.
    func conversation(_ revision: String = "2025-11-25") -> Conversation {
        let conversation = Conversation(index: index.lossyString, directory: directory.path, of: self)
        conversation.open(revision)
        return conversation
    }
}
