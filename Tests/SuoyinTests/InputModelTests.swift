import Model
import Suoyin
import TestSupport
import Testing

/// Articles that came as input are those of a dictionary, whatever else becomes of the index.
@Suite("Articles given as input")
struct InputModelTests {
    /// An article, and the line of the input that brought or last confirmed it.
    private struct Entry: Equatable, CustomStringConvertible {
        var text: String
        var line: Int
        var description: String { "\(text) in line \(line)" }
    }

    private static func line(_ id: String, _ text: String) -> String { #"{"id":"\#(id)","text":"\#(text)"}"# }

    /// What the index holds: ids with texts and lines, of input and of files.
    private func contents(_ index: Path) throws -> (input: [String: Entry], files: [String: String]) {
        let searcher = try Searcher(index: index)
        var (input, files): ([String: Entry], [String: String]) = ([:], [:])
        var place: ArticlePlace?
        repeat {
            let (articles, hasMore) = try searcher.articles(after: place, limit: 7)
            for article in articles {
                let id = String(decoding: article.id, as: UTF8.self)
                let paragraph = try #require(try searcher.paragraphs(of: article).first)
                if article.path == .standardInput {
                    #expect(
                        input.updateValue(Entry(text: paragraph.text, line: paragraph.source.line), forKey: id)
                            == nil)
                } else {
                    #expect(files.updateValue(paragraph.text, forKey: "\(article.path) \(id)") == nil)
                }
            }
            place = hasMore ? articles.last?.place : nil
        } while place != nil
        return (input, files)
    }

    @Test("random batches, with runs over a directory, removals, merges and rebuilding", arguments: Seed.first(8))
    func random(seed: Seed) async throws {
        let collection = Collection()
        var indexer = Indexer(index: collection.index)
        var generator = seed.generator()
        var input: [String: Entry] = [:]
        var files: [String: [String: String]] = [:]
        collection.write("stays.txt", "留下的")
        _ = try await indexer.update([collection.articles])
        let words = ["清华", "大学", "团队", "信息流", "产品", "索引"]
        func text() -> String { (0..<1 + generator.below(4)).map { _ in generator.pick(words) }.joined() }
        for round in 0..<40 {
            let comment: Comment = "\(seed), round \(round)"
            indexer.workers = 1 + generator.below(2)
            switch generator.below(8) {
            case 0...3:
                var expected = Indexer.InputReport()
                var lines: [String] = []
                var bad = 0
                var named: Set<String> = []
                for _ in 0..<generator.below(12) {
                    let id = "n\(generator.below(25))"
                    if generator.once(in: 9) {
                        lines.append(generator.pick(["{", "[]", #"{"id":"x"}"#]))
                        bad += 1
                        continue
                    }
                    let isSame = generator.once(in: 3) && input[id] != nil
                    let said = isSame ? input[id]!.text : text()
                    lines.append(Self.line(id, said))
                    guard named.insert(id).inserted else {
                        bad += 1
                        continue
                    }
                    if let known = input[id] {
                        if known.text == said { expected.unchanged += 1 } else { expected.changed += 1 }
                    } else {
                        expected.added += 1
                    }
                    input[id] = Entry(text: said, line: lines.count)
                }
                let given = ArticleInput.lines(Array(lines.joined(separator: "\n").utf8))
                let preview = try indexer.preview([], adding: given)
                let paths = generator.once(in: 2) ? [collection.articles] : []
                let report = try await indexer.update(paths, adding: given)
                #expect(report.input == expected, comment)
                #expect(report.problems.count { !$0.isWarning } == bad, comment)
                #expect(preview.addedArticles.count == expected.added, comment)
                #expect(preview.changedArticles.count == expected.changed, comment)
                #expect(preview.unchangedArticles == expected.unchanged, comment)
            case 4, 5:
                let name = "\(generator.below(3)).jsonl"
                if generator.once(in: 3) {
                    files[name] = nil
                    collection.remove(name)
                } else {
                    var articles: [String: String] = [:]
                    // Of these ids the input may have some, too.
                    for _ in 0..<1 + generator.below(4) { articles["n\(generator.below(40))"] = text() }
                    files[name] = articles
                    collection.write(name, articles.map { Self.line($0, $1) }.sorted().joined(separator: "\n"))
                }
                _ = try await indexer.update([collection.articles])
            case 6:
                if generator.once(in: 4) {
                    #expect(try indexer.removeInput() == input.count, comment)
                    input = [:]
                } else {
                    let ids = (0..<1 + generator.below(4)).map { _ in "n\(generator.below(40))" }
                    let removal = try indexer.removeArticles(ids.map { Array($0.utf8) })
                    let own = Set(ids).filter { input[$0] != nil }
                    #expect(removal.removed == own.count, comment)
                    let ofFiles = Set(ids).subtracting(own).filter { id in files.values.contains { $0[id] != nil } }
                    #expect(Set(removal.ofFiles.map { String(decoding: $0.id, as: UTF8.self) }) == ofFiles, comment)
                    #expect(removal.unknown.count == Set(ids).count - own.count - ofFiles.count, comment)
                    for id in own { input[id] = nil }
                }
            default:
                if generator.once(in: 2) { _ = try indexer.merge() } else { _ = try await indexer.reindex() }
            }
            // What was removed by a run that was not told of the directory is no matter here: each is told.
            _ = try await indexer.update([collection.articles])
            let found = try contents(collection.index)
            let wrong = Set(found.input.keys).union(input.keys).filter { found.input[$0] != input[$0] }.sorted()
            if !wrong.isEmpty {
                let shown = wrong.map {
                    "\($0): \(found.input[$0]?.description ?? "") for \(input[$0]?.description ?? "")"
                }
                Issue.record("\(comment): \(shown)")
                return
            }
            var wanted = ["\(collection.articles)/stays.txt stays.txt": "留下的"]
            for (name, articles) in files {
                for (id, text) in articles { wanted["\(collection.articles)/\(name) \(id)"] = text }
            }
            #expect(found.files == wanted, comment)
            #expect(try IndexVerification(index: collection.index).problems == [], comment)
        }
    }

    @Test("an input that nobody ends is given up when the run is, and the index is as it was")
    func interrupted() async throws {
        let collection = Collection()
        let indexer = Indexer(index: collection.index)
        _ = try await indexer.update([], adding: .lines(Array(Self.line("a", "清华").utf8)))
        let pipe = Pipe()
        pipe.write(Array((Self.line("a", "北大") + "\n" + Self.line("b", "北大") + "\n").utf8))
        let descriptor = try #require(pipe.reading?.number)
        let task = Task { try await indexer.update([], adding: .descriptor(descriptor)) }
        pause(seconds: 0.3)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try contents(collection.index).input == ["a": Entry(text: "清华", line: 1)])
        pipe.closeWriting()
    }

    @Test("an input that cannot be read is a problem like that of a file")
    func unreadable() async throws {
        let collection = Collection()
        let report = try await Indexer(index: collection.index).update(
            [collection.articles], adding: .descriptor(-1))
        #expect(report.problems.contains { !$0.isWarning && $0.path == .standardInput })
    }
}
