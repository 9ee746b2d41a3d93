import TestSupport

/// A directory of its own for each test, with the program to run in it.
struct Playground {
    let directory = TemporaryDirectory()

    /// A small collection of every format, below `articles`.
    static let articles: [(name: String, text: String)] = [
        ("articles/大学.txt", "清华大学的一天\n\n清华大学计算机系招聘。\n图书馆在清华园，人工智能课在三教。\n"),
        ("articles/notes/模型.md", "# 大模型\n\n人工智能与**大模型**。\n\n- 字节跳动\n- 清华大学\n"),
        (
            "articles/短讯.jsonl",
            #"{"id":"n1","title":"快讯","text":"字节跳动招聘。\n清华大学开学。","date":"2024-05-01"}"# + "\n"
                + #"{"id":"n2","text":"團(tuán)隊與人工智能"}"# + "\n"
        ),
        ("articles/readme.bin", "不是文章：清华大学"),
    ]

    init() {}

    init(_ files: [(name: String, text: String)]) {
        for file in files { directory.write(file.text.utf8, to: file.name) }
    }

    func write(_ text: String, to name: String) { directory.write(text.utf8, to: name) }

    /// Runs the program in the directory.
    @discardableResult
    func run(
        _ arguments: String..., environment: [String: String] = [:], input: String = "", seconds: Double = 120
    ) -> Tool.Result {
        Tool.run(
            arguments.map { Array($0.utf8) }, in: directory.path, environment: environment,
            input: Array(input.utf8),
            seconds: seconds)
    }

    /// Searches, and gives the hits as parsed JSON, the summary left out; nil when a line is not JSON.
    func hits(_ arguments: String...) -> [StrictJSON]? {
        let run = Tool.run(
            (["search", "--format", "jsonl", "--limit", "0"] + arguments).map { Array($0.utf8) }, in: directory.path
        )
        let lines = run.output.split(separator: 0x0A)
        let values = lines.compactMap { StrictJSON($0) }
        guard values.count == lines.count, run.status == 0 || run.status == 1 else { return nil }
        return values.filter { $0["type"].string == "hit" }
    }

    /// `id#number` of every hit.
    func places(_ arguments: String..., index: String = "Index") -> [String]? {
        let run = Tool.run(
            (["search", "--format", "trec", "--limit", "0", "--index", index] + arguments).map { Array($0.utf8) },
            in: directory.path)
        guard run.status == 0 || run.status == 1 else { return nil }
        return run.outputLines.map { String($0.split(separator: " ")[2]) }
    }
}

extension Tool.Result {
    /// Whether the run failed as the contract says: status 2, nothing on standard output, and a message that
    /// names the program and holds every part given.
    func failed(_ parts: String...) -> Bool {
        ending == .status(2) && output.isEmpty && errorText.hasPrefix("suoyin: ")
            && parts.allSatisfy { errorText.contains($0) }
    }
}
