import Model
import Suoyin
import TestSupport
import Testing

/// Whatever becomes of the files, an index brought up to date says what one made anew says.
///
/// `SUOYIN_ROUNDS` sets the number of updates in a run.
@Suite("Brought up to date is the same as made anew")
struct IncrementalModelTests {
    /// Everything of a hit but its rank and, unless asked for, its score.
    private struct Found: Hashable, Comparable, CustomStringConvertible {
        var description: String

        init(_ hit: Hit, query: String, score: Bool) {
            description =
                "\(query): \(hit.path.lossyString) \(String(decoding: hit.articleID, as: UTF8.self)) #\(hit.number) "
                + "\(hit.source) \(hit.kind) \(hit.title) \(hit.date) \(hit.text) \(hit.highlights) \(hit.match)"
                + (score ? " \(hit.score)" : "")
        }

        static func < (left: Found, right: Found) -> Bool { left.description < right.description }
    }

    private func answers(_ index: Path, scores: Bool = false) throws -> [Found] {
        let searcher = try Searcher(index: index)
        let requests = [
            SearchRequest(RandomFiles.everyWord, mode: .any, limit: 0, isPlain: true),
            SearchRequest("团队", mode: .exact, limit: 0), SearchRequest("kimi", mode: .exact, limit: 0),
        ]
        return try requests.flatMap { request in
            try searcher.search(request).hits.map { Found($0, query: request.query, score: scores) }
        }.sorted()
    }

    /// What is said of each file; ids shared by files are said of either.
    private func problems(_ report: Indexer.Report) -> [Path: [String]] {
        let own = report.problems.filter { if case .sharedID = $0 { false } else { true } }
        return Dictionary(grouping: own, by: \.path).mapValues { $0.map(\.description) }
    }

    @Test("random edits", arguments: Seed.first(3))
    func randomEdits(seed: Seed) async throws {
        let collection = Collection()
        var generator = seed.generator()
        var files = RandomFiles(collection.directory, "articles", generator)
        for _ in 0..<8 { files.create() }
        let rounds = environment("SUOYIN_ROUNDS").flatMap { Int($0) } ?? 12
        for round in 0..<rounds {
            let report = try await collection.update()
            let anew = Path(collection.directory.path(of: "anew-\(round)"))
            let expected = try await Indexer(index: anew).update([collection.articles])
            let comment: Comment = "round \(round): \(files.log)"

            let (found, wanted) = (try answers(collection.index), try answers(anew))
            if found != wanted {
                let (extra, missing) = (Set(found).subtracting(wanted), Set(wanted).subtracting(found))
                Issue.record("\(comment): \(extra.sorted().prefix(3)) instead of \(missing.sorted().prefix(3))")
                return
            }
            let (status, freshStatus) = (try IndexStatus(index: collection.index), try IndexStatus(index: anew))
            #expect(status.articles == freshStatus.articles && status.files == freshStatus.files, comment)
            #expect(status.paragraphs == freshStatus.paragraphs, comment)
            #expect(report.isComplete == expected.isComplete, comment)
            let all = problems(expected)
            let unchanged = report.problems.filter { if case .skippedEarlier = $0 { true } else { false } }.map(
                \.path)
            for (path, said) in problems(report) where !unchanged.contains(path) {
                #expect(said == all[path], comment)
            }
            #expect(report.articles <= expected.articles, comment)
            #expect(try IndexVerification(index: collection.index).problems == [], comment)
            if round % 10 == 9 || round == rounds - 1 {
                // Merged, nothing is left of what has been deleted, and scores are the same too.
                for index in [collection.index, anew] { _ = try Indexer(index: index).merge() }
                #expect(
                    try answers(collection.index, scores: true) == answers(anew, scores: true),
                    "merged, \(comment)")
            }
            collection.directory.remove("anew-\(round)")
            for _ in 0..<1 + generator.below(4) { files.edit() }
        }
    }
}
