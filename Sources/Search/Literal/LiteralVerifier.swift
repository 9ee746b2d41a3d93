internal import Bytes
internal import InvertedIndex
internal import Tokenizer

/// Answers from the stored text whether, and how often, a sequence stands in a paragraph.
final class LiteralVerifier {
    private let sequence: UnitSequence
    private let reader: StoredTextReader
    private let analyzer: Analyzer
    private var analysis = Analysis()

    init(_ sequence: UnitSequence, segment: SegmentReader, analyzer: Analyzer) {
        self.sequence = sequence
        self.analyzer = analyzer
        reader = StoredTextReader(segment.text)
    }

    func occurrences(inParagraph ordinal: Int) throws(SearchError) -> Int {
        let paragraph = try SearchError.format { () throws(FormatError) in try reader.paragraph(ordinal) }
        do throws(AnalysisError) {
            try unsafe paragraph.text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
                try unsafe analyzer.analyze(text, into: &analysis, words: false)
            }
        } catch {
            throw .analysis(error)
        }
        return sequence.occurrences(in: analysis).count
    }
}
