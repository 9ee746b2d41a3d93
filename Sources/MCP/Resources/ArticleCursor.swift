internal import Model

/// Where a list of articles goes on, as clients hand it back: the number of a file, `.`, and an id, percent-encoded. Any such
/// place is one, also of an article that has gone meanwhile.
enum ArticleCursor {
    static func string(_ place: ArticlePlace) -> String { "\(place.source)." + PercentEncoding.encode(place.id) }

    static func place(_ text: String) -> ArticlePlace? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, let source = UInt32(String(decoding: parts[0], as: UTF8.self)),
            let id = PercentEncoding.decode(parts[1])
        else { return nil }
        return ArticlePlace(id: id, source: source)
    }
}
