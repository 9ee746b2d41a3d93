import Suoyin

@main
struct Example {
    static func main() async throws {
        let report = try await Indexer(index: "Index").update(["articles"])
        for problem in report.problems { print(problem) }
        let searcher = try Searcher(index: "Index")
        let (hits, summary) = try searcher.search(SearchRequest("清华大学", limit: 2))
        for hit in hits { print("\(hit.path):\(hit.source.line)", hit.text) }
        print(summary.hits, "paragraphs")
    }
}
