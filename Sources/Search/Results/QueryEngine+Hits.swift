internal import Bytes
internal import InvertedIndex
public import Model
internal import Tokenizer

/// How much of a hit to read.
public enum HitDetail: Sendable {
    /// Article, number and score; no text, no highlights, and ``Hit/Match`` as the mode implies.
    case reference
    /// Text and highlights too.
    case text
    /// Everything: how much had to be folded, too.
    case full
}

extension QueryEngine {
    /// The hits of an answer, read from the index.
    ///
    /// - Parameter places: which of them, from 0, in the order of rank; nil for all.
    /// - Complexity: one frame of stored text for each hit, when details are asked for.
    public func hits(_ answer: RankedAnswer, _ places: Range<Int>? = nil, detail: HitDetail = .full)
        throws(SearchError)
        -> [Hit]
    {
        let texts = snapshot.segments.map { StoredTextReader($0.text) }
        let highlighter = Highlighter(answer.plan)
        let ladder = FoldLadder(answer.plan, levels)
        var hits: [Hit] = []
        let places = places?.clamped(to: answer.ranked.indices) ?? answer.ranked.indices
        hits.reserveCapacity(places.count)
        for index in places {
            let ranked = answer.ranked[index]
            var hit = try SearchError.format { () throws(FormatError) in
                try reference(ranked, rank: index + 1, mode: answer.summary.mode)
            }
            if detail != .reference {
                let paragraph = try SearchError.format { () throws(FormatError) in
                    try texts[ranked.segment].paragraph(ranked.ordinal)
                }
                let text = try AnalysedParagraph(
                    paragraph.text, analyzer: answer.plan.analyzer, heals: answer.plan.heals)
                let found = highlighter.find(in: text)
                hit.match = found.isExact ? .exact : .partial
                hit.isHealed = found.isHealed
                if found.isExact, detail == .full { hit.fold = try ladder.level(of: text, found) }
                hit.highlights = found.ranges
                hit.text = String(decoding: paragraph.text, as: UTF8.self)
                hit.source = try SearchError.format { () throws(FormatError) in
                    try place(paragraph.source, of: ranked)
                }
                hit.kind = paragraph.kind
            }
            hits.append(hit)
        }
        return hits
    }

    private func reference(_ ranked: RankedParagraph, rank: Int, mode: SearchMode) throws(FormatError) -> Hit {
        let segment = snapshot.segments[ranked.segment]
        let article = try segment.articles.article(ofParagraph: ranked.ordinal)
        let record = try segment.articles.record(article)
        let first = try segment.articles.paragraphs(ofArticle: article).lowerBound
        let source = try snapshot.source(
            try segment.articles.source(ofArticle: article), ofSegment: ranked.segment)
        return Hit(
            rank: rank, score: ranked.score, match: mode == .exact ? .exact : .partial,
            articleID: record.id.isEmpty ? Array(source?.articleID ?? []) : record.id,
            path: source?.path ?? Path(bytes: []), title: String(decoding: record.title, as: UTF8.self),
            date: String(decoding: record.date, as: UTF8.self), number: ranked.ordinal - first + 1, text: "",
            source: SourceRange(bytes: 0..<0, line: 0), highlights: [])
    }

    /// Where a paragraph stands now that was stored as standing at `source`.
    func place(_ source: SourceRange, of ranked: RankedParagraph) throws(FormatError) -> SourceRange {
        let segment = snapshot.segments[ranked.segment]
        return source.moved(by: segment.shift(ofArticle: try segment.articles.article(ofParagraph: ranked.ordinal)))
    }
}
