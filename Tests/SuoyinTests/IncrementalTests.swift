import Model
import Suoyin
import TestSupport
import Testing

@Suite("Bringing an index up to date")
struct IncrementalTests {
    @Test("new, changed, touched and vanished files are told apart")
    func lifecycle() async throws {
        let collection = Collection()
        collection.write("a.txt", "甲文\n清华大学")
        collection.write("b.txt", "乙文\n北京大学")
        var report = try await collection.update()
        #expect(report.addedFiles == 2 && report.articles == 2 && report.paragraphs == 4)
        #expect(try collection.exact("大学").sorted() == ["a.txt#2", "b.txt#2"])

        report = try await collection.update()
        #expect(report.unchangedFiles == 2 && report.articles == 0)

        collection.write("b.txt", "乙文\n南京大学")
        collection.write("c.txt", "丙文\n东南大学")
        report = try await collection.update()
        #expect(report.changedFiles == 1 && report.addedFiles == 1 && report.unchangedFiles == 1)
        #expect(try collection.exact("北京大学") == [])
        #expect(try collection.exact("南京大学") == ["b.txt#2"])

        // The same bytes written again: a new time, and nothing to read into the index.
        collection.write("c.txt", "丙文\n东南大学")
        report = try await collection.update()
        #expect(report.unchangedFiles == 3 && report.articles == 0)

        collection.remove("a.txt")
        report = try await collection.update()
        #expect(report.removedFiles == 1 && report.unchangedFiles == 2)
        #expect(try collection.exact("大学").sorted() == ["b.txt#2", "c.txt#2"])
        #expect(try IndexVerification(index: collection.index).problems == [])
    }

    @Test("a change of the same length, right after indexing, is seen")
    func quickChange() async throws {
        let collection = Collection()
        for round in 0..<20 {
            let word = round.isMultiple(of: 2) ? "甲乙" : "丙丁"
            collection.write("a.txt", word)
            try await collection.update()
            #expect(try collection.exact(word) == ["a.txt#1"], "round \(round)")
        }
    }

    @Test("what was indexed from elsewhere stays")
    func roots() async throws {
        let collection = Collection()
        collection.write("x/1.txt", "第一篇")
        collection.write("y/2.txt", "第二篇")
        try await collection.update("x")
        try await collection.update("y")
        #expect(try collection.exact("篇").sorted() == ["1.txt#1", "2.txt#1"])
        collection.remove("x/1.txt")
        try await collection.update("y")
        #expect(try collection.exact("篇").count == 2)
        try await collection.update("x")
        #expect(try collection.exact("篇") == ["2.txt#1"])
    }

    @Test(
        "a file of a name that counts only when it is given stays when its directory is walked, and is kept current"
    )
    func givenByName() async throws {
        let collection = Collection()
        collection.write("notes.bin", "清华大学")
        collection.write("a.txt", "北京大学")
        try await collection.update("notes.bin")
        var report = try await collection.update()
        #expect(report.removedFiles == 0 && report.addedFiles == 1 && report.unchangedFiles == 1)
        #expect(try collection.exact("清华大学") == ["notes.bin#1"])
        collection.write("notes.bin", "南京大学在南京")
        report = try await collection.update()
        #expect(report.changedFiles == 1)
        #expect(try collection.exact("南京大学") == ["notes.bin#1"])
        collection.remove("notes.bin")
        report = try await collection.update()
        #expect(report.removedFiles == 1)
        #expect(try collection.exact("大学") == ["a.txt#1"])
    }

    @Test("a file that can no longer be read as text keeps what was indexed of it")
    func unreadableKeeps() async throws {
        let collection = Collection()
        collection.write("a.txt", "清华大学")
        try await collection.update()
        collection.directory.write(Array("清华".utf8) + [0x00], to: "articles/a.txt")
        let report = try await collection.update()
        #expect(!report.isComplete && report.problems.count == 1)
        #expect(try collection.exact("清华大学") == ["a.txt#1"])
    }

    @Test("a path that is gone but still indexed is pointed out, and can be removed")
    func missingButIndexed() async throws {
        let collection = Collection()
        collection.write("x/1.txt", "第一篇")
        try await collection.update("x")
        collection.remove("x")
        let report = try await collection.update("x")
        guard case .missingButIndexed = report.problems.first else {
            Issue.record("\(report.problems)")
            return
        }
        #expect(try collection.exact("第一篇") == ["1.txt#1"])
        #expect(try Indexer(index: collection.index).remove([collection.articles.appending("x".utf8)]) == 1)
        #expect(try collection.exact("第一篇") == [])
    }

    @Test("a link is removed without what it leads to, and is gone with it")
    func links() async throws {
        let collection = Collection()
        collection.write("a.txt", "第一篇")
        collection.write("real/r.txt", "第二篇")
        collection.directory.link("articles/b.txt", to: "a.txt")
        collection.directory.link("articles/linked", to: "real")
        try await collection.update()
        let all = ["a.txt#1", "b.txt#1", "linked/r.txt#1", "real/r.txt#1"]
        #expect(try collection.exact("篇").sorted() == all)
        let indexer = Indexer(index: collection.index)
        #expect(try indexer.remove([collection.articles.appending("b.txt".utf8)]) == 1)
        // By a way to it that leads through another link.
        collection.directory.link("way", to: "articles")
        #expect(try indexer.remove([Path(collection.directory.path(of: "way/linked"))]) == 1)
        #expect(try collection.exact("篇").sorted() == ["a.txt#1", "real/r.txt#1"])
        // A link that was given itself has no name of its own in the index.
        collection.directory.link("elsewhere", to: "articles/real")
        #expect(try indexer.remove([Path(collection.directory.path(of: "elsewhere"))]) == 1)
        try await collection.update()
        #expect(try collection.exact("篇").sorted() == all)

        collection.remove("a.txt")
        collection.directory.rename("articles/real", to: "away")
        let report = try await collection.update()
        #expect(report.removedFiles == 3 && report.problems.count == 2)
        // What a directory holds that cannot be reached is kept: a disk may be away for a while.
        #expect(try collection.exact("篇") == ["linked/r.txt#1"])
        #expect(
            report.problems.contains {
                "\($0)".contains("linked: no such file or directory; what was indexed of it before is kept")
            })
    }

    @Test("an id from two files is kept twice, with a warning, within a run and across runs")
    func sharedIDs() async throws {
        let collection = Collection()
        collection.write("1.jsonl", #"{"id":"x","text":"第一"}"#)
        collection.write("2.jsonl", #"{"id":"x","text":"第二"}"#)
        var report = try await collection.update()
        #expect(report.isComplete && report.problems.count == 1)
        collection.write("3.jsonl", #"{"id":"x","text":"第三"}"#)
        report = try await collection.update("3.jsonl")
        #expect(report.isComplete && report.problems.count == 1)
        #expect(try collection.exact("第") == ["x#1", "x#1", "x#1"])
    }

    @Test("enough text for several workers gives the answers of one")
    func workers() async throws {
        let collection = Collection()
        var generator = SplitMix64(seed: 7)
        let words = ["大模型", "索引", "清华大学", "报纸", "GPT-4o", "天气", "列车", "电影", "研究", "市场"]
        for file in 0..<6 {
            let lines = (0..<4000).map { line in
                let text = (0..<30).map { _ in generator.pick(words) }.joined(separator: "，")
                return #"{"id":"\#(file)-\#(line)","text":"\#(text)第\#(line)条"}"#
            }
            collection.write("\(file).jsonl", lines.joined(separator: "\n"))
        }
        let one = Path(collection.directory.path(of: "one"))
        var single = Indexer(index: one)
        single.workers = 1
        _ = try await single.update([collection.articles])
        try await collection.update()
        for index in [one, collection.index] {
            #expect(try IndexStatus(index: index).segments == 1)
            #expect(try IndexVerification(index: index, comparesTerms: true).problems == [])
        }
        for query in ["第17条", "报纸 电影", "GPT-4o，天气"] {
            let request = SearchRequest(query, mode: .any, limit: 50)
            let (left, leftSummary) = try Searcher(index: one).search(request)
            let (right, rightSummary) = try Searcher(index: collection.index).search(request)
            // How many match is only bounded from below, and how well depends on the segments.
            #expect(leftSummary.mode == rightSummary.mode && leftSummary.returned == rightSummary.returned)
            #expect(left.map(\.articleID) == right.map(\.articleID))
            #expect(left.map(\.score) == right.map(\.score))
        }
    }
}
