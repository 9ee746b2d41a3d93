internal import Bytes

/// Finds the articles of a segment by the file they came from, and by id.
///
/// Made by one pass over the table of articles; after that a look-up costs the logarithm of it, which is what lets a
/// writer that stays open work in proportion to what changed.
struct ArticleFinder: Sendable {
    /// Neighbouring articles of one source.
    private struct Stretch {
        var source: UInt32
        var articles: Range<UInt32>
    }

    /// Ascending by source, then by article.
    private var stretches: [Stretch] = []
    /// For each article that has an id of its own, half a hash of it above the article's number; ascending.
    private var ids: [UInt64]?

    /// O(articles).
    init(_ table: ArticleTable) throws(FormatError) {
        for article in 0..<table.articleCount {
            let source = try table.source(ofArticle: article)
            let next = UInt32(article) + 1
            if let last = stretches.last, last.source == source {
                stretches[stretches.count - 1].articles = last.articles.lowerBound..<next
            } else {
                stretches.append(Stretch(source: source, articles: UInt32(article)..<next))
            }
        }
        stretches.sort { ($0.source, $0.articles.lowerBound) < ($1.source, $1.articles.lowerBound) }
    }

    /// The articles of a source, ascending. O(log stretches), and the stretches found.
    func articles(of source: UInt32) -> [Range<Int>] {
        var low = 0
        var high = stretches.count
        while low < high {
            let middle = (low + high) / 2
            if stretches[middle].source < source { low = middle + 1 } else { high = middle }
        }
        return stretches[low...].prefix { $0.source == source }.map {
            Int($0.articles.lowerBound)..<Int($0.articles.upperBound)
        }
    }

    /// The articles whose own id is `id`, ascending, and their sources, but for those that are deleted.
    mutating func articles(ofID id: [UInt8], in reader: SegmentReader, live: LiveSet?) throws(FormatError)
        -> [(source: UInt32, article: StoredArticle)]
    {
        var found: [(source: UInt32, article: StoredArticle)] = []
        for article in try candidates(id, in: reader.articles) where live?.isDeleted(article) != true {
            let record = try reader.articles.record(article)
            guard record.id == id else { continue }
            let source = try reader.articles.source(ofArticle: article)
            found.append((source, try reader.stored(article, record)))
        }
        return found
    }

    /// The articles whose own id may be `id`, ascending: those in whose ids the same half of a hash comes out.
    /// O(log articles), the first time O(articles).
    private mutating func candidates(_ id: [UInt8], in table: ArticleTable) throws(FormatError) -> [Int] {
        if ids == nil { ids = try Self.ids(of: table) }
        let ids = ids ?? []
        let wanted = Self.hash(id)
        var low = 0
        var high = ids.count
        while low < high {
            let middle = (low + high) / 2
            if ids[middle] < wanted { low = middle + 1 } else { high = middle }
        }
        return ids[low...].prefix { $0 & Self.hashMask == wanted }.map { Int($0 & ~Self.hashMask) }
    }

    private static func ids(of table: ArticleTable) throws(FormatError) -> [UInt64] {
        var ids: [UInt64] = []
        for article in 0..<table.articleCount {
            let id = try table.record(article).id
            if !id.isEmpty { ids.append(hash(id) | UInt64(article)) }
        }
        return ids.sorted()
    }

    private static let hashMask: UInt64 = ~0 << 32

    private static func hash(_ id: [UInt8]) -> UInt64 {
        var hash = ContentHash()
        unsafe hash.update(id.span.bytes)
        return hash.value & hashMask
    }
}
