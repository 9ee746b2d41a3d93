import TestSupport
import Testing

@Suite("index --watch")
struct WatchTests {
    private func following(_ files: [(name: String, text: String)] = Playground.articles) -> Following {
        Following(Playground(files), "articles")
    }

    @Test("files and directories come, change, move and go")
    func life() {
        let following = following()
        let playground = following.playground
        following.write("新来的文章，清华大学\n", to: "新.txt")
        #expect(following.commits(added: 1))
        // Below directories that were not there.
        following.write("清华大学一\n", to: "甲/乙/一.txt")
        #expect(following.commits(added: 1))
        following.write("清华大学二\n", to: "甲/乙/二.txt")
        #expect(following.commits(added: 1))
        following.write("清华大学二，改过了\n", to: "甲/乙/二.txt")
        #expect(following.commits(changed: 1))
        #expect(following.agrees(with: "articles"))
        playground.directory.rename("articles/甲", to: "articles/丙")
        #expect(following.commits(renamed: 2))
        // The watches moved along.
        following.write("清华大学三\n", to: "丙/乙/三.txt")
        #expect(following.commits(added: 1))
        #expect(following.agrees(with: "articles"))
        playground.directory.rename("articles/丙/乙", to: "elsewhere")
        #expect(following.commits(removed: 3))
        playground.directory.remove("articles/新.txt")
        #expect(following.commits(removed: 1))
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
        #expect(playground.run("check").ending == .status(0))
    }

    @Test("what is left out goes, stays unseen, and comes back")
    func leftOut() {
        let following = following()
        following.write("草稿/\n*.md\n", to: ".suoyinignore")
        #expect(following.commits(removed: 1))
        following.write("清华大学草稿\n", to: "notes/草稿/一.txt")
        following.write("清华大学\n", to: "notes/二.md")
        following.write("清华大学新\n", to: "新.txt")
        #expect(following.commits(added: 1))
        #expect(following.agrees(with: "articles"))
        following.write("!模型.md\n", to: "notes/.suoyinignore")
        #expect(following.commits(added: 1))
        following.playground.directory.remove("articles/.suoyinignore")
        #expect(following.commits(added: 2))
        #expect(following.agrees(with: "articles"))
        following.write("清华大学草稿，改了\n", to: "notes/草稿/一.txt")
        #expect(following.commits(changed: 1))
        #expect(following.stop() == .status(0))
    }

    @Test("lines of a JSONL file: only those that say something else are read")
    func lines() {
        let following = following()
        let line = #"{"id":"n0","text":"清华大学的新行"}"# + "\n"
        following.write(line + Playground.articles[2].text, to: "短讯.jsonl")
        let lines = following.wait { $0.hasPrefix("+0 ~1 -0 files, 1 article;") }
        #expect(lines != nil, "\(following.lines)")
        #expect(following.agrees(with: "articles"))
        #expect(following.agrees(with: "articles", on: "字节跳动招聘"))
        following.write(line, to: "短讯.jsonl")
        #expect(following.wait { $0.hasPrefix("+0 ~1 -0 files, 0 articles;") } != nil, "\(following.lines)")
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
    }

    @Test("an editor that saves by renaming changes a file, and leaves nothing of its own")
    func editor() {
        let following = following()
        let directory = following.playground.directory
        directory.write("清华大学改了\n".utf8, to: "articles/.大学.txt.swp")
        directory.write("清华大学改了\n".utf8, to: "articles/大学.txt~")
        directory.rename("articles/大学.txt~", to: "articles/大学.txt")
        #expect(following.commits(changed: 1))
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
    }

    @Test("a file that cannot be indexed is named, and does not end it")
    func badFile() {
        let following = following()
        following.playground.directory.write([0x41, 0x00, 0x42], to: "articles/bad.txt")
        #expect(following.wait { $0.contains("bad.txt: binary file") } != nil)
        following.write("清华大学\n", to: "好.txt")
        #expect(following.commits(added: 1))
        following.write("清华大学\n", to: "bad.txt")
        #expect(following.commits(added: 1))
        #expect(following.stop() == .status(0))
    }

    @Test("a directory that goes and comes back is followed again, and so is a file given by name")
    func missingRoot() {
        let playground = Playground(Playground.articles)
        let following = Following(playground, "articles", "articles/readme.bin")
        playground.directory.rename("articles", to: "away")
        #expect(following.wait { $0.contains("no such file or directory, but the index still holds it") } != nil)
        playground.directory.rename("away", to: "articles")
        following.write("清华大学回来了\n", to: "回来.txt")
        #expect(following.commits(added: 1))
        following.write("清华大学又来了\n", to: "又来.txt")
        #expect(following.commits(added: 1))
        following.write("清华大学，不是文章\n", to: "readme.bin")
        #expect(following.commits(changed: 1))
        #expect(following.stop() == .status(0))
    }

    @Test("a directory that a link no longer leads to keeps what was indexed of it")
    func lostLink() {
        let playground = Playground(Playground.articles)
        playground.write("清华大学在外面\n", to: "real/外.txt")
        playground.directory.link("articles/linked", to: "../real")
        let following = Following(playground, "articles")
        let before = playground.places("清华大学")
        playground.directory.rename("real", to: "away")
        following.write("北京大学\n", to: "新.txt")
        #expect(following.commits(added: 1))
        #expect(playground.places("清华大学") == before)
        #expect(following.stop() == .status(0))
    }

    @Test("under a steady stream of changes it commits all the same")
    func stream() {
        let following = following()
        var count = 0
        let deadline = ContinuousClock.now + .seconds(120)
        while !following.lines.contains(where: { $0.hasPrefix("+") }), ContinuousClock.now < deadline {
            following.write("第\(count)篇，清华大学\n", to: "\(count).txt")
            count += 1
            pause(seconds: 0.01)
        }
        #expect(following.commits(added: count), "\(following.lines)")
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
    }

    @Test("an index that cannot be written for a while is written when it can")
    func unwritable() {
        let following = following()
        let directory = following.playground.directory
        directory.rename("Index", to: "Gone")
        following.write("清华大学\n", to: "新.txt")
        #expect(following.wait { $0.contains("trying again in 1 s") } != nil)
        following.write("清华大学二\n", to: "新二.txt")
        #expect(following.wait { $0.contains("trying again") } != nil)
        directory.rename("Gone", to: "Index")
        #expect(following.commits(added: 2))
        #expect(following.agrees(with: "articles"))
        #expect(following.stop() == .status(0))
        #expect(following.playground.run("check").ending == .status(0))
    }

    @Test("no one else writes meanwhile; an interrupt ends it, and the index is whole")
    func interrupt() {
        let following = following()
        let other = following.playground.run("index", "articles")
        #expect(other.failed("is being written by process"))
        following.write("清华大学\n", to: "新.txt")
        following.interrupt()
        #expect(following.end() == .status(0))
        #expect(following.playground.run("check").ending == .status(0))
        #expect(following.playground.run("index", "articles").ending == .status(0))
        #expect(following.agrees(with: "articles"))
    }

    @Test("what is not there at the beginning is an error")
    func missing() {
        let playground = Playground(Playground.articles)
        #expect(playground.run("index", "--watch", "nowhere").failed("nowhere: no such file or directory"))
        #expect(!playground.directory.exists("Index"))
    }

    @Test("a program that it runs inherits none of its pipes")
    func inheritance() {
        let playground = Playground(Playground.articles)
        // A pipe of the shell's own would be counted, now and then.
        playground.write("#!/bin/sh\nls -l /proc/$$/fd >descriptors\necho 清华大学\n", to: "bin/pdftotext")
        playground.directory.setMode(0o755, of: "bin/pdftotext")
        let path = playground.directory.path(of: "bin") + ":/usr/bin:/bin"
        let following = Following(playground, "articles", environment: ["PATH": path])
        following.write("%PDF-1.4\n", to: "文.pdf")
        #expect(following.commits(added: 1))
        let descriptors = String(decoding: playground.directory.read("descriptors"), as: UTF8.self)
        // Two pipes are for what it writes.
        #expect(descriptors.split(separator: "\n").count { $0.contains("pipe:") } == 2, "\(descriptors)")
        #expect(following.stop() == .status(0))
    }
}
