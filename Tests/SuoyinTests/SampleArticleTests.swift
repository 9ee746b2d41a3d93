import Model
import Suoyin
import TestSupport
import Testing

/// Real data that is too large or not ours to pass on; the tests that need it are skipped without it.
private let testData = environment("SUOYIN_TEST_DATA").map { Path($0) }

@Suite("A scraped article, glossed, torn and partly mis-decoded", .enabled(if: testData != nil))
struct SampleArticleTests {
    @Test(
        "literal queries find the paragraphs a reader finds",
        arguments: [
            ("字节跳动", 11), ("周畅", 6), ("達摩院", 3), ("达摩院", 3), ("AI Lab", 9), ("\"AI Lab\"", 9), ("AILab", 2),
            ("Instagram", 2), ("Kimi", 3), ("7000万", 2), ("3900万", 1),
        ])
    func counts(query: String, expected: Int) async throws {
        let directory = TemporaryDirectory()
        let index = Path(directory.path(of: "index"))
        _ = try await Indexer(index: index).update([testData!.appending("article".utf8)])
        let request = SearchRequest(query, mode: .exact, limit: 0)
        let (hits, summary) = try Searcher(index: index).search(request)
        #expect(summary.hits == expected)
        #expect(hits.allSatisfy { $0.match == .exact && !$0.highlights.isEmpty })
    }
}
