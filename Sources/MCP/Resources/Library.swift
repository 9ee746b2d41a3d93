internal import JSON
internal import Model
internal import Output
internal import Suoyin

/// The index, as tools and resources see it: its newest commit, and no file but its own.
final class Library {
    private let index: FollowingSearcher
    /// Where the index is.
    let path: Path
    /// Paths below it are shown relative to it.
    private let directory: Path?

    init(index: Path, directory: Path?) {
        self.index = FollowingSearcher(indexes: [index])
        path = index
        self.directory = directory
    }

    /// Where the index is, for people.
    var location: String { path.lossyString }

    /// A searcher of the newest commit.
    func searcher() throws -> Searcher { try index.newest() }

    /// A path as answers have it.
    func shown(_ path: Path) -> String { path.shown(from: directory).lossyString }

    /// A line of text of which parts come from articles.
    func line(_ text: String) -> String { PrintableText.printable(text) + "\n" }

    func value(_ article: ArticleSummary) -> JSONValue {
        .object(
            ArticleForm.members(
                id: article.id, title: article.title, date: article.date, path: shown(article.path))
                + [.init("paragraphs", .number(article.paragraphs))])
    }
}
