import Model
import Suoyin
import TestSupport

/// A directory of articles with an index beside it.
struct Collection {
    let directory: TemporaryDirectory
    let articles: Path
    let index: Path

    init() {
        directory = TemporaryDirectory()
        articles = Path(directory.path(of: "articles"))
        index = Path(directory.path(of: "index"))
        directory.makeDirectory("articles")
    }

    func write(_ name: String, _ text: String) { directory.write(text.utf8, to: "articles/" + name) }

    func remove(_ name: String) { directory.remove("articles/" + name) }

    @discardableResult
    func update(_ names: String...) async throws -> Indexer.Report {
        let paths = names.isEmpty ? [articles] : names.map { articles.appending($0.utf8) }
        return try await Indexer(index: index).update(paths)
    }

    /// The ids and numbers of the paragraphs in which `query` stands literally, best first.
    func exact(_ query: String) throws -> [String] {
        let (hits, summary) = try Searcher(index: index).search(SearchRequest(query, mode: .exact, limit: 0))
        precondition(summary.hits == hits.count)
        return hits.map { "\(String(decoding: $0.articleID, as: UTF8.self))#\($0.number)" }
    }
}
