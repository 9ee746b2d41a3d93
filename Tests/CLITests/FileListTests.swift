import TestSupport
import Testing

@Suite("index --files-from and --dry-run")
struct FileListTests {
    @Test("a list by lines or NULs, from a file or standard input; ids are paths from here, and those known stay")
    func lists() {
        let playground = Playground(Playground.articles)
        playground.write("换行\n清华大学\n", to: "articles/a\nb.txt")
        var transcript = Transcript(playground)
        playground.write("articles/大学.txt\r\n\r\n\narticles/notes/模型.md\n", to: "list")
        transcript.run("index", "--files-from", "list")
        transcript.run("list", "--format", "tsv")
        playground.write("清华大学改了\n", to: "articles/大学.txt")
        let piped = playground.run(
            "index", "--files-from", "-", "-0", input: "articles/a\nb.txt\0articles/大学.txt")
        #expect(piped.errorText.hasPrefix("files: 1 added, 1 changed; read 2 articles"))
        // Indexed as a directory, and from then on by that id.
        transcript.run("index", "articles", "--index", "whole")
        playground.write("清华大学又改了\n", to: "articles/大学.txt")
        transcript.run("index", "--index", "whole", "--files-from", "-", input: "articles/大学.txt\n没有.txt\n")
        transcript.run("list", "--index", "whole", "--format", "tsv", "--path", "*.txt")
        transcript.run("index", "--files-from", "none")
        transcript.run("index", "articles", "--files-from", "list")
        transcript.run("index", "--watch", "--files-from", "list")
        transcript.run("index", "-0")
        transcript.compare("files-from")
    }

    @Test("--dry-run says what a run does, and writes nothing")
    func dryRun() {
        let playground = Playground(Playground.articles)
        var transcript = Transcript(playground)
        transcript.run("index", "articles", "--dry-run")
        #expect(!playground.directory.exists("Index"))
        playground.run("index", "articles")
        let before = playground.directory.names(in: "Index").map { playground.directory.read("Index/" + $0) }
        playground.write("改了\n", to: "articles/大学.txt")
        playground.directory.rename("articles/notes/模型.md", to: "articles/模型.md")
        playground.directory.remove("articles/短讯.jsonl")
        playground.write("新\n", to: "articles/新.txt")
        playground.directory.write([0x41, 0x00, 0x42], to: "articles/坏.txt")
        transcript.run("index", "articles", "--dry-run")
        transcript.run("index", "articles", "--dry-run", "--exclude", "*.txt")
        transcript.run("index", "articles", "--dry-run", "--watch")
        #expect(playground.directory.names(in: "Index").map { playground.directory.read("Index/" + $0) } == before)
        // And the run does it.
        transcript.run("index", "articles")
        transcript.run("index", "articles", "--dry-run")
        transcript.compare("dry-run")
    }
}
