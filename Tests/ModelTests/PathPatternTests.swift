import Model
import Testing

/// Files below `/srv/li/texts/Corpus`, which was indexed, seen from `/srv/li/texts`.
@Suite("Patterns of paths")
struct PathPatternTests {
    private static let root: Path = "/srv/li/texts/Corpus"
    private static let directory: Path = "/srv/li/texts"

    private static func covers(_ pattern: PathPattern, _ id: String) -> Bool {
        pattern.covers(root.appending(id.utf8), id: id.utf8, from: directory)
    }

    @Test(
        "files that are meant, and others",
        arguments: [
            ("*.txt", ["a.txt", "news/a.txt"], ["a.md", "x.txt/a.md"]),
            ("a.txt", ["a.txt", "news/a.txt", "a.txt/b.md"], ["ba.txt", "a.txt.md"]),
            ("news", ["news", "news/a.txt", "old/news/b/c.md"], ["newsy/a.txt", "a/news.txt"]),
            ("news/", ["news/a.txt", "old/news/b/c.md"], ["news", "old/news", "newsy/a.txt"]),
            ("n*", ["n.txt", "old/n.txt"], ["news/a.txt"]),
            ("n*/", ["news/a.txt", "old/n/a.txt"], ["n.txt", "old/n.txt"]),
            ("news/*", ["news/a.txt"], ["news/b/a.txt", "old/news/a.txt", "news"]),
            ("news/b", ["news/b", "news/b/a.txt"], ["news/ba", "old/news/b/a.txt"]),
            ("news/b/", ["news/b/a.txt", "news/b/c/a.txt"], ["news/b", "old/news/b/a.txt"]),
            ("news/**", ["news/a.txt", "news/b/a.txt"], ["news", "old/news/a.txt"]),
            ("Corpus", ["a.txt", "news/a.txt"], []),
            ("Corpus/", ["a.txt", "news/a.txt"], []),
            ("Corpus/news", ["news/a.txt", "news"], ["a.txt", "old/news/a.txt"]),
            ("./Corpus/**", ["a.txt", "news/a.txt"], []),
            ("./Corpus", ["a.txt", "news/a.txt"], []),
            (".//Corpus/*.txt", ["a.txt"], ["news/a.txt"]),
            ("./news", [], ["news/a.txt", "news"]),
            (".", ["a.txt"], []), ("./", ["a.txt"], []), ("./**", ["a.txt"], []), ("..", ["a.txt"], []),
            ("../texts/Corpus/news/", ["news/a.txt"], ["news", "a.txt"]),
            ("./../t*/*/a.txt", ["a.txt"], ["news/a.txt"]),
            ("../../../../../srv/**", ["a.txt"], []),
            ("../Corpus/**", [], ["a.txt"]),
            // Not of directories above the one indexed and the working directory.
            ("li", ["li/a.txt"], ["a.txt"]), ("srv/", ["srv/a.txt"], ["a.txt"]),
            ("/srv/li", ["a.txt"], []), ("/srv/li/", ["a.txt"], []), ("/", ["a.txt"], []), ("//", ["a.txt"], []),
            ("/srv/*/texts/**", ["a.txt"], []), ("/srv", ["a.txt"], []), ("/li", [], ["a.txt", "li/a.txt"]),
            ("", [], ["a.txt"]), ("...", [".../a.txt", "..."], ["a.txt"]), ("[n]ews", ["news"], ["news/a.txt"]),
            ("n\\ews", ["news/a.txt"], []), ("n\\*", ["n*"], ["news", "n*/a.txt"]),
        ] as [(String, [String], [String])])
    func table(pattern: String, meant: [String], other: [String]) {
        for id in meant { #expect(Self.covers(PathPattern(pattern), id), "\(pattern) \(id)") }
        for id in other { #expect(!Self.covers(PathPattern(pattern), id), "\(pattern) \(id)") }
    }

    @Test("a directory is meant by itself, not by what it is in; with a / at the end nothing else is")
    func directories() {
        func matches(_ pattern: PathPattern, _ id: String, isDirectory: Bool) -> Bool {
            pattern.matches(
                Self.root.appending(id.utf8), id: id.utf8, from: Self.directory, isDirectory: isDirectory)
        }
        for pattern in ["old", "old/", "news/old/", "./Corpus/news/old", "**/old", "o*", "o*/"] as [PathPattern] {
            #expect(matches(pattern, "news/old", isDirectory: true), "\(pattern)")
            #expect(
                matches(pattern, "news/old", isDirectory: false) != pattern.description.hasSuffix("/"), "\(pattern)"
            )
            #expect(!matches(pattern, "news/old/a", isDirectory: true), "\(pattern)")
        }
        #expect(!matches("Corpus", "a.txt", isDirectory: false))
    }

    @Test("written elsewhere, paths go from there, names do not")
    func anchored() {
        for (pattern, expected) in [
            ("*.txt", "*.txt"), ("old", "old"), ("old/", "old/"), ("/x/y", "/x/y"), ("news/*", "/a[*/b/news/*"),
            ("./news/", "/a[*/b/news/"), ("../news/**", "/a[*/news/**"), ("../../../c", "/c"), (".", "/a[*/b"),
        ] {
            let anchored = PathPattern(pattern).anchored(in: "/a[*/b")
            #expect(anchored.description == expected.replacing("/a[*", with: "/a\\[\\*"))
        }
        #expect(
            PathPattern("./n*").anchored(in: "/a[*/b").covers("/a[*/b/n.txt", id: "n.txt".utf8, from: "/elsewhere"))
    }
}
