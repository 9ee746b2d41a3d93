import Articles
import Model
import TestSupport
import Testing

@Suite("Directory walker")
struct DirectoryWalkerTests {
    private let directory = TemporaryDirectory()

    private func walk(_ below: String = "", excluding: String? = nil) throws -> DirectoryWalker {
        var walker = DirectoryWalker(excluding: excluding.map { Path(directory.path(of: $0)) })
        try walker.walk(Path(below.isEmpty ? directory.path : directory.path(of: below)))
        return walker
    }

    private func ids(_ walker: DirectoryWalker) -> [String] {
        walker.files.map { String(decoding: $0.id, as: UTF8.self) }
    }

    @Test("finds the files of known formats, in the order of their names' bytes")
    func order() throws {
        for name in [
            "b.txt", "a.md", "B.txt", "c.jsonl", "d.ndjson", "e.TXT", "f.markdown", "g.text", "子/甲.txt", "子/乙.txt",
            "a/z.txt", "a.b/y.txt", "h.pdf", "README", "i.txt.gz", "j.", "k", "l.epub", "m.docx", "~$m.docx",
            "n.jsonl.zst", "o.tar.gz", "p.doc",
            "q.gz",
        ] {
            directory.write("x".utf8, to: name)
        }
        let walker = try walk()
        #expect(walker.problems == [])
        #expect(
            ids(walker) == [
                "B.txt", "a/z.txt", "a.b/y.txt", "a.md", "b.txt", "c.jsonl", "d.ndjson", "e.TXT", "f.markdown",
                "g.text", "h.pdf", "i.txt.gz", "l.epub", "m.docx", "n.jsonl.zst",
                "子/乙.txt", "子/甲.txt",
            ])
        #expect(walker.files.allSatisfy { $0.path == Path(directory.path).appending($0.id) && $0.status.size == 1 })
        #expect(ids(try walk("子")) == ["乙.txt", "甲.txt"])
    }

    @Test("passes over hidden files and directories")
    func hidden() throws {
        for name in [".a.txt", ".git/b.txt", "c/.d.txt", "c/e.txt", "..f.txt"] { directory.write([], to: name) }
        #expect(ids(try walk()) == ["c/e.txt"])
    }

    @Test("leaves out what it is told to, and only that")
    func excluded() throws {
        for name in ["Index/a.txt", "Index/b/c.txt", "Index2/d.txt", "a/Index/e.txt"] {
            directory.write([], to: name)
        }
        #expect(ids(try walk(excluding: "Index")) == ["Index2/d.txt", "a/Index/e.txt"])
        #expect(ids(try walk(excluding: "Index/b")) == ["Index/a.txt", "Index2/d.txt", "a/Index/e.txt"])
        #expect(ids(try walk(excluding: "Ind")).count == 4)
    }

    @Test("follows links, but never back into a directory it is in")
    func links() throws {
        directory.write([], to: "a/b/c.txt")
        directory.link("a/b/up", to: "..")
        directory.link("a/self", to: ".")
        directory.link("file.txt", to: "a/b/c.txt")
        directory.link("dir", to: "a/b")
        let walker = try walk("")
        #expect(ids(walker) == ["a/b/c.txt", "dir/c.txt", "file.txt"])
        let paths = ["a/b/up", "a/self", "dir/up/b", "dir/up/self"].map { Path(directory.path(of: $0)) }
        #expect(walker.problems == paths.map { .symlinkLoop($0) })
    }

    @Test("directories that are linked with each other are not found by every way there is")
    func crossLinks() throws {
        let outside = TemporaryDirectory()
        let names = (0..<9).map { "d\($0)" }
        for place in [directory, outside] {
            for name in names {
                place.write([], to: "\(name)/\(name).txt")
                for other in names where other != name { place.link("\(name)/\(other)", to: "../\(other)") }
            }
        }
        // As themselves, and three times below each link to another.
        let inside = try walk("").files
        #expect(inside.count <= 9 + 9 * 8 * 9 * 3)
        #expect(Set(names.map { "\($0)/\($0).txt" }).isSubset(of: ids(try walk(""))))
        directory.link("out", to: outside.path(of: "d3"))
        let below = ids(try walk("")).filter { $0.hasPrefix("out/") }
        #expect(Set(below.map { $0.suffix(6) }) == Set(names.map { "\($0).txt" }) && below.count <= 3 * names.count)
    }

    @Test("links that lead nowhere are problems, and the rest is found")
    func brokenLinks() throws {
        directory.link("a.txt", to: "nothing")
        directory.link("b.txt", to: "b.txt")
        directory.write([], to: "c.txt")
        let walker = try walk()
        #expect(ids(walker) == ["c.txt"])
        #expect(
            walker.problems == [
                .missing(Path(directory.path(of: "a.txt"))), .symlinkLoop(Path(directory.path(of: "b.txt"))),
            ])
    }

    @Test("names need not be UTF-8")
    func namesThatAreNotUTF8() throws {
        let name: [UInt8] = [0xD6, 0xD0, 0xCE, 0xC4] + Array(".txt".utf8)
        directory.write("甲".utf8, to: name)
        let walker = try walk()
        #expect(walker.files.map(\.id) == [name])
        let stream = try ArticleStream(walker.files[0])
        let article = try #require(try stream.next())
        #expect(article.id == name)
        #expect(article.texts == ["甲"])
        #expect(!walker.files[0].path.lossyString.isEmpty)
    }

    @Test("a file of any name is taken when it is the root")
    func fileAsRoot() throws {
        directory.write("x".utf8, to: "a/README")
        #expect(ids(try walk("a/README")) == ["README"])
        directory.write("x".utf8, to: ".hidden.txt")
        #expect(ids(try walk(".hidden.txt")) == [".hidden.txt"])
    }

    @Test("a root that is missing or no file is an error")
    func badRoot() throws {
        #expect(throws: ArticlesError.missing(Path(directory.path(of: "nothing")))) { try walk("nothing") }
        directory.write([], to: "a.txt")
        #expect(throws: ArticlesError.missing(Path(directory.path(of: "a.txt/b")))) { try walk("a.txt/b") }
        var walker = DirectoryWalker()
        #expect(throws: ArticlesError.notAFile(Path("/dev/null"))) { try walker.walk(Path("/dev/null")) }
    }

    @Test("a directory that may not be read is a problem", .disabled(if: isRoot, "root may read anything"))
    func unreadable() throws {
        directory.write([], to: "a/b.txt")
        directory.write([], to: "c.txt")
        directory.setMode(0, of: "a")
        let walker = try walk()
        #expect(ids(walker) == ["c.txt"])
        #expect(walker.problems == [.unreadable(Path(directory.path(of: "a")), code: 13)])
    }

    @Test("an empty directory has no files")
    func empty() throws {
        let walker = try walk()
        #expect(walker.files.isEmpty && walker.problems == [])
    }
}
