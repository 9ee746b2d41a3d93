import TestSupport
import Testing

/// The real file system says no: the error is clear, and the last commit is untouched.
@Suite("A disk that is full, and other refusals")
struct FullDiskTests {
    /// An index of a small collection, and a large one waiting to be indexed.
    private static func playground() -> Playground {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles")
        var generator = Seed(1).generator()
        for number in 0..<30 {
            // Random Han text, which does not compress.
            let scalars = (0..<6000).map { _ in Unicode.Scalar(UInt32(0x4E00 + generator.below(0x4000)))! }
            var text = String.UnicodeScalarView()
            text.append(contentsOf: scalars)
            playground.write(String(text), to: "large/\(number).txt")
        }
        return playground
    }

    private static func exists(_ program: String) -> Bool { readFile(program) != nil }

    /// Whether a file system of one's own can be had.
    private static let hasTmpfs: Bool = {
        guard exists("/usr/bin/unshare") else { return false }
        let script = "mount -t tmpfs -o size=64k tmpfs /mnt"
        let launcher = ["/usr/bin/unshare", "-rm", "/bin/sh", "-c", script]
        return Tool.run([], in: "/", launcher: launcher).ending == .status(0)
    }()

    @Test("files that may not grow: the limit is named", arguments: [1, 4, 40, 200])
    func fileSizeLimit(blocks: Int) throws {
        let playground = Self.playground()
        let before = playground.places("清华大学")
        // In blocks of 512 or 1024 bytes, as the shell has it.
        let launcher = ["/bin/sh", "-c", "ulimit -f \(blocks); exec \"$@\"", "sh"]
        let run = Tool.run(
            ["index", "large"].map { Array($0.utf8) }, in: playground.directory.path, launcher: launcher)
        #expect(run.failed("cannot write Index/", "File too large", "ulimit -f"), "\(run)")
        #expect(playground.places("清华大学") == before)
        #expect(playground.run("check").ending == .status(0))
        // With the limit gone, the next run does it all.
        if blocks == 40 {
            #expect(playground.run("index", "large").ending == .status(0))
            #expect(playground.run("check").ending == .status(0))
        }
    }

    @Test("what an index that cannot be built anew has written by then goes")
    func rebuilding() {
        let playground = Self.playground()
        playground.run("index", "large")
        let names = playground.directory.names(in: "Index").sorted()
        let launcher = ["/bin/sh", "-c", "ulimit -f 40; exec \"$@\"", "sh"]
        let run = Tool.run([Array("reindex".utf8)], in: playground.directory.path, launcher: launcher)
        #expect(run.failed("cannot write Index/", "File too large"), "\(run)")
        #expect(playground.directory.names(in: "Index").sorted() == names)
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("a file system without room", .enabled(if: hasTmpfs, "no file system of one's own to be had"))
    func tmpfs() throws {
        let playground = Self.playground()
        let before = playground.places("清华大学")
        playground.directory.makeDirectory("small")
        playground.directory.makeDirectory("after")
        // The index on a small disk, which `index` and `snapshot` fill up; then back to where tests can see it.
        let script = """
            mount -t tmpfs -o size=300k tmpfs small && cp Index/* small/ &&
            { "$1" index large --index small 2>index.txt; echo $? >>index.txt;
              "$1" index large --index Index && "$1" snapshot small/copy --index Index 2>copy.txt; echo $? >>copy.txt;
              ls small >names.txt; cp small/* after/; }
            """
        let launcher = ["/usr/bin/unshare", "-rm", "/bin/sh", "-c", script, "sh"]
        #expect(Tool.run([], in: playground.directory.path, launcher: launcher).ending == .status(0))
        func text(_ name: String) -> String { String(decoding: playground.directory.read(name), as: UTF8.self) }
        for name in ["index.txt", "copy.txt"] {
            #expect(text(name).contains("No space left on device; free some space"), "\(text(name))")
            #expect(text(name).hasSuffix("\n2\n"))
        }
        #expect(!text("names.txt").split(separator: "\n").contains("copy"))
        #expect(playground.run("check", "--index", "after").ending == .status(0))
        #expect(playground.places("清华大学", index: "after") == before)
    }

    @Test(
        "a directory that lost its permissions",
        .enabled(if: !isRoot || exists("/usr/bin/setpriv"), "root may write anywhere"))
    func permissions() {
        let playground = Self.playground()
        let before = playground.places("清华大学")
        playground.directory.setMode(0o555, of: "Index")
        let launcher = isRoot ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : []
        for path in [".", "articles", "large", "Index"] where isRoot {
            if path != "Index" { playground.directory.setMode(0o755, of: path) }
        }
        for command in [
            ["index", "large"], ["remove", "articles"], ["merge"], ["reindex"], ["check", "--repair"],
        ] {
            let run = Tool.run(
                command.map { Array($0.utf8) }, in: playground.directory.path, launcher: launcher)
            #expect(
                run.failed("Index/", "Permission denied; check the permissions"), "\(command): \(run.errorText)")
        }
        playground.directory.setMode(0o755, of: "Index")
        #expect(playground.places("清华大学") == before)
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("a file of the index that vanishes before the next run")
    func vanished() {
        let playground = Self.playground()
        playground.directory.remove("Index/segment-1.positions")
        #expect(playground.run("index", "large").failed("no such file: Index/segment-1.positions"))
        // Its terms are built again from its text.
        let repair = playground.run("check", "--repair")
        #expect(repair.ending == .status(0) && repair.output.isEmpty)
        #expect(playground.run("index", "large").ending == .status(0))
    }
}
