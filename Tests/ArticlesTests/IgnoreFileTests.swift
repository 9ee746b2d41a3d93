import Articles
import Model
import TestSupport
import Testing

@Suite("what is left out of a walk")
struct IgnoreFileTests {
    /// The files below a directory with this `.suoyinignore` that a walk comes to.
    private func walk(
        _ files: [String], _ ignore: [String: String] = [:], _ selection: FileSelection = FileSelection()
    ) throws -> (taken: [String], leftOut: [String]) {
        let directory = TemporaryDirectory()
        for file in files { directory.write("甲\n".utf8, to: file) }
        for (place, text) in ignore { directory.write(text.utf8, to: place + ".suoyinignore") }
        let root = try Path(directory.path).resolved()
        var walker = DirectoryWalker(selection)
        try walker.walk(root)
        #expect(walker.problems.isEmpty)
        // What one look at a path says is what the walk did.
        for file in walker.files {
            #expect(try selection.exclusion(of: file.path, below: root, isDirectory: false) == nil)
        }
        for (path, exclusion) in walker.leftOut {
            let isDirectory = try FileStatus.of(path).kind == .directory
            #expect(try selection.exclusion(of: path, below: root, isDirectory: isDirectory) == exclusion)
        }
        return (
            walker.files.map { String(decoding: $0.id, as: UTF8.self) },
            walker.leftOut.map { "\($0.path.relative(to: root).lossyString) \($0.by.describe(relativeTo: root))" }
        )
    }

    private static let files = ["a.txt", "b.md", "草稿/a.txt", "草稿/深/c.txt", "x/草稿.txt", "x/y/a.txt"]

    @Test(
        "patterns, one by one",
        arguments: [
            ("a.txt", ["b.md", "x/草稿.txt", "草稿/深/c.txt"]),
            ("/a.txt", ["b.md", "x/y/a.txt", "x/草稿.txt", "草稿/a.txt", "草稿/深/c.txt"]),
            ("草稿", ["a.txt", "b.md", "x/y/a.txt", "x/草稿.txt"]), ("草稿*", ["a.txt", "b.md", "x/y/a.txt"]),
            ("草稿*/", ["a.txt", "b.md", "x/y/a.txt", "x/草稿.txt"]),
            ("x/y", ["a.txt", "b.md", "x/草稿.txt", "草稿/a.txt", "草稿/深/c.txt"]),
            ("y/a.txt", ["a.txt", "b.md", "x/y/a.txt", "x/草稿.txt", "草稿/a.txt", "草稿/深/c.txt"]),
            ("**/y/a.txt", ["a.txt", "b.md", "x/草稿.txt", "草稿/a.txt", "草稿/深/c.txt"]),
            ("草稿/**", ["a.txt", "b.md", "x/y/a.txt", "x/草稿.txt"]),
            ("*.txt\n!/a.txt", ["a.txt", "b.md"]), ("x\n!x/y/a.txt", ["a.txt", "b.md", "草稿/a.txt", "草稿/深/c.txt"]),
            ("!a.txt\n*.txt", ["b.md"]),
            ("# b.md\r\n\r\nb.md  \r\n", ["a.txt", "x/y/a.txt", "x/草稿.txt", "草稿/a.txt", "草稿/深/c.txt"]),
            ("\u{FEFF}*.txt", ["b.md"]), ("/", files.sorted()), ("!", files.sorted()),
        ])
    func patterns(text: String, taken: [String]) throws {
        #expect(try walk(Self.files, ["": text]).taken.sorted() == taken)
    }

    @Test("a file deeper down counts before one above it")
    func nested() throws {
        let found = try walk(Self.files, ["": "*.txt\n", "x/": "!a.txt\n", "草稿/": "深\n"])
        #expect(found.taken.sorted() == ["b.md", "x/y/a.txt"])
        #expect(
            found.leftOut == [
                "a.txt .suoyinignore:1: *.txt", "x/草稿.txt .suoyinignore:1: *.txt",
                "草稿/a.txt .suoyinignore:1: *.txt",
                "草稿/深 草稿/.suoyinignore:1: 深",
            ])
    }

    @Test("include, exclude and no ignore files")
    func selection() throws {
        func taken(_ include: [String], _ exclude: [String], ignore: Bool = true) throws -> [String] {
            try walk(
                Self.files, ["": "b.md"],
                FileSelection(
                    include: include.map { PathPattern($0) }, exclude: exclude.map { PathPattern($0) },
                    usesIgnoreFiles: ignore)
            ).taken.sorted()
        }
        #expect(try taken(["*.md", "x/**"], []) == ["x/y/a.txt", "x/草稿.txt"])
        #expect(try taken(["*.md"], [], ignore: false) == ["b.md"])
        #expect(try taken([], ["草稿*", "y"]) == ["a.txt"])
        #expect(try taken(["a.txt"], ["x/**"]) == ["a.txt", "草稿/a.txt"])
    }

    @Test("an ignore file that cannot be read is a problem, and the walk goes on")
    func unreadable() throws {
        let directory = TemporaryDirectory()
        directory.write("甲\n".utf8, to: "a.txt")
        directory.write("甲\n".utf8, to: ".suoyinignore/b.txt")
        var walker = DirectoryWalker()
        try walker.walk(try Path(directory.path).resolved())
        #expect(walker.files.count == 1)
        #expect(walker.problems.count == 1)
    }
}
