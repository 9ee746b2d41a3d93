internal import Model
internal import Tokenizer

/// Analyzers of the levels narrower than the index's, opened when first asked for.
final class FoldLevels {
    private var analyzers: [FoldLevel: Analyzer] = [:]

    func analyzer(_ level: FoldLevel) throws(SearchError) -> Analyzer {
        if let analyzer = analyzers[level] { return analyzer }
        do {
            let analyzer = try Analyzer(fold: level)
            analyzers[level] = analyzer
            return analyzer
        } catch {
            throw .analysis(error)
        }
    }
}
