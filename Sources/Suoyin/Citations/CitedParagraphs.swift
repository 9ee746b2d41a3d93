internal import Bytes
internal import Model

/// The paragraphs of an article, for citations to be looked up among them.
struct CitedParagraphs {
    /// What half of is in common makes two texts versions of one: below it, paragraphs on one subject meet.
    private static let leastResemblance = 0.5

    private let article: Article
    private let byHash: [ParagraphHash: [Int]]
    /// The pairs of characters of each paragraph; empty until one has to be compared.
    private var pairs: [Set<UInt64>] = []

    init(_ article: Article) {
        self.article = article
        byHash = Dictionary(grouping: article.paragraphs.indices) { index in
            ParagraphHash(of: article.text[article.paragraphs[index].text])
        }
    }

    mutating func verdict(_ citation: Citation) -> CitationVerdict {
        if let same = ParagraphHash(citation.hash).flatMap({ byHash[$0] }) {
            let nearest = same.min { distance($0, citation) < distance($1, citation) }!
            let source = article.paragraphs[nearest].source
            let isThere = source.bytes == citation.source.bytes && source.part == citation.source.part
            return isThere ? .holds(place(nearest)) : .moved(place(nearest))
        }
        let version = citation.text.map { successor(of: $0, citation) } ?? paragraph(at: citation.source)
        guard let version else { return .gone(.paragraph) }
        return .changed(place(version))
    }

    /// The paragraph that is most like a text, of several the nearest; nil when none is like it.
    private mutating func successor(of text: String, _ citation: Citation) -> Int? {
        if pairs.isEmpty { pairs = article.paragraphs.map { Self.pairs(of: article.text[$0.text]) } }
        let wanted = Self.pairs(of: text.utf8)
        var best: (index: Int, resemblance: Double)?
        for index in pairs.indices {
            let common = Double(wanted.intersection(pairs[index]).count)
            let resemblance = 2 * common / Double(wanted.count + pairs[index].count)
            guard resemblance >= best?.resemblance ?? Self.leastResemblance else { continue }
            if let best, best.resemblance == resemblance,
                distance(best.index, citation) <= distance(index, citation)
            {
                continue
            }
            best = (index, resemblance)
        }
        return best?.index
    }

    /// The paragraph that stands where another one stood; nil when none does.
    private func paragraph(at source: SourceRange) -> Int? {
        article.paragraphs.indices.first { index in
            let other = article.paragraphs[index].source
            return other.part == source.part && other.bytes.overlaps(source.bytes)
        }
    }

    /// How far a paragraph is from where the citation says it was: first by page or chapter, then in bytes.
    private func distance(_ index: Int, _ citation: Citation) -> (parts: Int, bytes: Int) {
        let source = article.paragraphs[index].source
        let parts = abs((source.part?.number ?? 0) - (citation.source.part?.number ?? 0))
        return (parts, abs(source.bytes.lowerBound - citation.source.bytes.lowerBound))
    }

    private func place(_ index: Int) -> CitationVerdict.Place {
        let paragraph = article.paragraphs[index]
        return CitationVerdict.Place(
            number: index + 1, source: paragraph.source,
            text: String(decoding: article.text[paragraph.text], as: UTF8.self))
    }

    /// The pairs of neighbouring characters of a text, its beginning being one, so that no text is without.
    private static func pairs(of text: some Sequence<UInt8>) -> Set<UInt64> {
        var previous: UInt64 = 0
        var pairs: Set<UInt64> = []
        for scalar in String(decoding: Array(text), as: UTF8.self).unicodeScalars {
            pairs.insert(previous << 32 | UInt64(scalar.value))
            previous = UInt64(scalar.value)
        }
        return pairs
    }
}
