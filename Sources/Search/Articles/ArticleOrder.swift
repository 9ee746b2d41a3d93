internal import Bytes
internal import InvertedIndex
internal import Model

/// The live articles of a commit by ``ArticlePlace``: what lists, look-ups by id and ties of scores go through.
struct ArticleOrder {
    private struct Entry {
        var place: ArticlePlace
        var segment: UInt32
        var article: UInt32
    }

    /// Ids are read again when they are asked for.
    private let addresses: [(segment: UInt32, article: UInt32)]
    /// The rank of each article's id among all ids, by segment and article.
    private let idRanks: [[UInt32]]
    private let snapshot: IndexView

    /// O(articles × log articles); ids are all in memory while it is made.
    init(_ snapshot: IndexView) throws(FormatError) {
        var entries: [Entry] = []
        entries.reserveCapacity(max(0, snapshot.articleCount))
        for (number, segment) in snapshot.segments.enumerated() {
            try segment.articles.forEachRecord { (article, record) throws(FormatError) in
                if segment.live?.isDeleted(article) == true { return }
                let place = try snapshot.place(of: article, record, segment: number)
                entries.append(Entry(place: place, segment: UInt32(number), article: UInt32(article)))
            }
        }
        entries.sort { $0.place < $1.place }
        addresses = entries.map { ($0.segment, $0.article) }
        var idRanks = snapshot.segments.map { [UInt32](repeating: 0, count: $0.articles.articleCount) }
        var rank: UInt32 = 0
        for (index, entry) in entries.enumerated() {
            if index > 0, entries[index - 1].place.id != entry.place.id { rank += 1 }
            idRanks[Int(entry.segment)][Int(entry.article)] = rank
        }
        self.idRanks = idRanks
        self.snapshot = snapshot
    }

    var count: Int { addresses.count }

    /// What the index says of the article that stands at `index`.
    func summary(at index: Int) throws(FormatError) -> ArticleSummary {
        let (segment, article) = addresses[index]
        return try snapshot.summary(of: .init(segment: Int(segment), article: Int(article)))
    }

    /// The address of the article that stands at `index`. O(1).
    func address(at index: Int) -> ArticleSummary.Address {
        .init(segment: Int(addresses[index].segment), article: Int(addresses[index].article))
    }

    /// Where a live article's id stands among all ids; articles of one id have one rank. O(1).
    func idRank(ofArticle article: Int, segment: Int) -> UInt32 { idRanks[segment][article] }

    /// Where the articles end whose places are passed: those up to some place. O(log articles).
    func firstIndex(passing isPassed: (ArticlePlace) -> Bool) throws(FormatError) -> Int {
        var low = 0
        var high = addresses.count
        while low < high {
            let middle = (low + high) / 2
            let (number, article) = addresses[middle]
            let segment = snapshot.segments[Int(number)]
            let record = try segment.articles.record(Int(article))
            if isPassed(try snapshot.place(of: Int(article), record, segment: Int(number))) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}

extension IndexView {
    /// What the index says of the live articles of an id, in the order of their places. O(articles + files).
    func summaries(ofID id: [UInt8]) throws(FormatError) -> [ArticleSummary] {
        var found: [ArticleSummary] = []
        var filesByIndex: [Int: Set<UInt32>] = [:]
        for (number, segment) in segments.enumerated() {
            let index = index(ofSegment: number)
            if filesByIndex[index] == nil {
                filesByIndex[index] = try sources(withArticleID: id, ofSegment: number)
            }
            let files = filesByIndex[index] ?? []
            try segment.articles.forEachRecord { (article, record) throws(FormatError) in
                guard record.id.isEmpty ? !files.isEmpty : record.id == id,
                    segment.live?.isDeleted(article) != true
                else { return }
                if record.id.isEmpty, !files.contains(try segment.articles.source(ofArticle: article)) { return }
                found.append(try summary(of: .init(segment: number, article: article)))
            }
        }
        return found.sorted { $0.place < $1.place }
    }

    fileprivate func place(of article: Int, _ record: ArticleRecord, segment: Int) throws(FormatError)
        -> ArticlePlace
    {
        let number = try segments[segment].articles.source(ofArticle: article)
        let id = record.id.isEmpty ? Array(try source(number, ofSegment: segment)?.articleID ?? []) : record.id
        return ArticlePlace(id: id, source: number, index: index(ofSegment: segment))
    }

    fileprivate func summary(of address: ArticleSummary.Address) throws(FormatError) -> ArticleSummary {
        let segment = segments[address.segment]
        let record = try segment.articles.record(address.article)
        let place = try place(of: address.article, record, segment: address.segment)
        return ArticleSummary(
            id: place.id, path: try source(place.source, ofSegment: address.segment)?.path ?? Path(bytes: []),
            title: String(decoding: record.title, as: UTF8.self),
            date: String(decoding: record.date, as: UTF8.self),
            paragraphs: try segment.articles.paragraphs(ofArticle: address.article).count, place: place,
            address: address)
    }
}
