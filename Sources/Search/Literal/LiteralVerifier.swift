internal import Bytes
internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Answers from the stored text whether, and how often, a sequence stands in a reading of a paragraph.
final class LiteralVerifier {
    private let sequence: UnitSequence
    private let isHealed: Bool
    private let reader: StoredTextReader
    private let analyzer: Analyzer
    private var plain = Analysis()
    private var healed = Analysis()

    /// - Parameters:
    ///   - literal: names the units and the reading.
    ///   - analyzer: the one of the query's fold level.
    init(_ literal: LiteralTerms, segment: Int, analyzer: Analyzer) {
        sequence = literal.literal.wanted
        isHealed = literal.field == .healed
        self.analyzer = analyzer
        reader = StoredTextReader(literal.segments[segment].text)
    }

    func occurrences(inParagraph ordinal: Int) throws(SearchError) -> Int {
        let paragraph = try SearchError.format { () throws(FormatError) in try reader.paragraph(ordinal) }
        do throws(AnalysisError) {
            return try unsafe paragraph.text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
                try unsafe analyzer.analyze(text, into: &plain, words: false)
                guard isHealed else { return sequence.occurrences(in: plain).count }
                let differs = try unsafe analyzer.heal(text, plain: plain, into: &healed, words: false)
                return differs ? sequence.occurrences(in: healed).count : 0
            }
        } catch {
            throw .analysis(error)
        }
    }
}
