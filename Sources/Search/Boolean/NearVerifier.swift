internal import Bytes
internal import InvertedIndex
internal import Tokenizer

/// Answers from the stored text whether, and how often, two sequences stand near each other in a reading of a paragraph.
final class NearVerifier {
    let leaf: QueryLeaf
    private let heals: Bool
    private let reader: StoredTextReader
    private let analyzer: Analyzer

    /// - Parameter analyzer: the one of the query's fold level.
    init(_ leaf: QueryLeaf, heals: Bool, segment: SegmentReader, analyzer: Analyzer) {
        self.leaf = leaf
        self.heals = heals
        self.analyzer = analyzer
        reader = StoredTextReader(segment.text)
    }

    /// As often as the one that is near the other less often, in the reading in which that is more often.
    func occurrences(inParagraph ordinal: Int) throws(SearchError) -> Int {
        let text = try SearchError.format { () throws(FormatError) in try reader.paragraph(ordinal).text }
        let paragraph = try AnalysedParagraph(text, analyzer: analyzer, heals: heals)
        let readings = [paragraph.plain] + (paragraph.healed.map { [$0] } ?? [])
        return readings.reduce(0) { most, reading in
            let places = LeafPlaces.find(leaf.wanted, within: leaf.distance, in: reading)
            return max(most, places.map(\.count).min() ?? 0)
        }
    }
}
