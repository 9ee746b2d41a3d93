/// What is wrong with a query's text.
public enum QueryError: Error, Equatable, Sendable {
    /// No keyword has a letter, digit or Han character.
    case nothingToFind
    /// A quotation mark opens and none closes; its place in the query, in characters from 1.
    case unclosedQuote(at: Int)
    /// Best match was asked for at a narrower fold level than the index's.
    case narrowedBestMatch
}

extension QueryError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .nothingToFind: "the query has no letter, digit or Han character to look for"
        case .unclosedQuote(let place):
            "the quotation mark at character \(place) of the query is never closed; close it, or use --plain"
        case .narrowedBestMatch:
            "a narrower fold is for literal search; give --mode exact or --mode all, or leave --fold out"
        }
    }
}
