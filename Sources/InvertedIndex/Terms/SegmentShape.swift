internal import Model

/// The lengths of a segment's texts, which the codes of its postings depend on.
struct SegmentShape {
    /// Codes of the lengths of paragraphs, and of titles (``LengthCode``).
    private let paragraphs: [UInt8]
    private let titles: [UInt8]
    let paragraphScale: ImpactScale
    let titleScale: ImpactScale
    /// See ``PostingsFormat/stepParameter(average:)``.
    let stepParameter: Int

    /// - Parameters:
    ///   - paragraphs: codes of the lengths of all paragraphs.
    ///   - bodyLength: the sum of the lengths themselves.
    ///   - titles: codes of the lengths of all titles.
    ///   - titleLength: the sum of the lengths themselves.
    init(paragraphs: [UInt8], bodyLength: UInt64, titles: [UInt8], titleLength: UInt64) {
        self.paragraphs = paragraphs
        self.titles = titles
        let average = Double(bodyLength) / Double(max(1, paragraphs.count))
        paragraphScale = ImpactScale(average: Float(average))
        titleScale = ImpactScale(average: Float(titleLength) / Float(max(1, titles.count)))
        stepParameter = PostingsFormat.stepParameter(average: average)
    }

    /// What the codes of the postings of `key` depend on.
    ///
    /// - Parameter key: not empty.
    func context(_ key: ArraySlice<UInt8>) -> PostingsContext {
        let first = key[key.startIndex]
        let isOfArticles = TermKey.field(first: first)?.isOfArticles == true
        let lengths = isOfArticles ? titles : paragraphs
        return PostingsContext(
            documentLimit: lengths.count, hasPositions: TermKey.hasPositions(first: first),
            stepParameter: stepParameter,
            lengths: lengths, scale: isOfArticles ? titleScale : paragraphScale)
    }
}
