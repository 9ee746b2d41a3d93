internal import InvertedIndex
internal import Model
internal import Tokenizer

/// Gives the terms of titles and paragraphs: the one way in which indexing, building anew and checking come by them.
struct ArticleAnalyzer: TextTerms {
    private let analyzer: Analyzer
    private var analysis = Analysis()
    private var healed = Analysis()

    init() throws(AnalysisError) { analyzer = try Analyzer(breaker: .fast) }

    mutating func title(_ text: ArraySlice<UInt8>, into terms: inout TermBlock) throws(AnalysisError) {
        try analyze(text)
        Analyzer.terms(of: analysis, into: &terms)
    }

    mutating func paragraph(_ text: ArraySlice<UInt8>, into terms: inout TermBlock, healed: inout TermBlock)
        throws(AnalysisError) -> Bool
    {
        try analyze(text)
        Analyzer.terms(of: analysis, into: &terms)
        guard try heal(text) else { return false }
        Analyzer.terms(of: self.healed, into: &healed)
        return true
    }

    /// Throws when the title or a paragraph has more units than there is room for. Only one of many megabytes can, and only
    /// such a one is analysed twice: once begun, an article cannot be taken back.
    mutating func checkLengths(of article: Article) throws(AnalysisError) {
        try checkLength(of: article.title[...])
        for paragraph in article.paragraphs { try checkLength(of: article.text[paragraph.text]) }
    }

    private mutating func checkLength(of text: ArraySlice<UInt8>) throws(AnalysisError) {
        // Compatibility forms expand, though never to as many as two units a byte.
        if text.count >= TermBlock.positionLimit / 2 { try analyze(text, words: false) }
    }

    private mutating func analyze(_ text: ArraySlice<UInt8>, words: Bool = true) throws(AnalysisError) {
        try unsafe text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
            try unsafe analyzer.analyze(text, into: &analysis, words: words)
        }
    }

    /// Reads the text just analysed without its noise; false when that is the same.
    private mutating func heal(_ text: ArraySlice<UInt8>) throws(AnalysisError) -> Bool {
        try unsafe text.withUnsafeBufferPointer { (text) throws(AnalysisError) in
            try unsafe analyzer.heal(text, plain: analysis, into: &healed)
        }
    }
}
