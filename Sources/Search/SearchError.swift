public import Bytes
public import Model
public import Tokenizer

/// Why a query has no answer.
public enum SearchError: Error, Equatable, Sendable {
    case query(QueryError)
    case analysis(AnalysisError)
    /// The index is damaged.
    case format(FormatError)

    static func format<R>(_ body: () throws(FormatError) -> R) throws(SearchError) -> R {
        do { return try body() } catch { throw .format(error) }
    }
}

extension SearchError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .query(let error): "\(error)"
        case .analysis(let error): "\(error)"
        case .format(let error): "\(error)"
        }
    }
}
