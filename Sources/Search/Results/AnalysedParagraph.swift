internal import Tokenizer

/// The text of a paragraph with its readings, without words.
struct AnalysedParagraph {
    let bytes: [UInt8]
    let plain: Analysis
    /// Nil when it is the plain one, or not asked for.
    let healed: Analysis?

    init(_ bytes: [UInt8], analyzer: Analyzer, heals: Bool) throws(SearchError) {
        self.bytes = bytes
        do throws(AnalysisError) {
            plain = try analyzer.analyze(bytes, words: false)
            healed = heals ? try analyzer.heal(bytes, plain: plain, words: false) : nil
        } catch {
            throw .analysis(error)
        }
    }
}
