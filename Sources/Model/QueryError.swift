/// What is wrong with a query. Places are characters of its text, from 1.
public enum QueryError: Error, Equatable, Sendable {
    /// No keyword has a letter, digit or Han character.
    case nothingToFind
    /// The query has more characters than ``QueryLimits/length``.
    case tooLong
    /// A quotation mark opens and none closes.
    case unclosedQuote(at: Int)
    /// A parenthesis opens and none closes.
    case unclosedParenthesis(at: Int)
    /// A pair of parentheses has nothing in it.
    case emptyParentheses(at: Int)
    /// An operator has nothing before it, or nothing after it.
    case missingOperand(QueryOperator, at: Int)
    /// `NOT` stands where nothing says what it is to be taken from.
    case nothingToSubtractFrom(at: Int)
    /// A distance follows a quotation that is not two keywords.
    case notAPair(at: Int)
    /// A distance is greater than ``QueryLimits/distance``.
    case distanceOutOfRange(at: Int)
    /// Parentheses are deeper than ``QueryLimits/depth``.
    case nestedTooDeep(at: Int)
    /// A query with operators has more keywords than ``QueryLimits/keywords``.
    case tooManyKeywords(at: Int)
    /// More words of the index than ``QueryLimits/expansions`` begin as a keyword says.
    case tooManyWords(prefix: String)
    /// What stands behind `py:` cannot be read as pinyin.
    case noPinyin(at: Int)
    /// Pinyin stands for what an index has, and there is none to ask.
    case pinyinWithoutIndex(at: Int)
    /// More than ``QueryLimits/pinyin`` different keywords are in pinyin.
    case tooMuchPinyin(at: Int)
    /// Best match was asked for with operators that it does not know.
    case operatorsInBestMatch
    /// Best match was asked for at a narrower fold level than the index's.
    case narrowedBestMatch
    /// The text that titles are to hold has no letter, digit or Han character.
    case nothingInTitle
}

/// A word of the query language.
public enum QueryOperator: String, Equatable, Sendable {
    case and = "AND"
    case or = "OR"
    case not = "NOT"
}

/// How much a query may ask for.
public enum QueryLimits {
    /// Characters: more than anyone has a question, or a paragraph.
    public static let length = 1_000_000
    /// Parentheses in parentheses.
    public static let depth = 100
    /// Keywords of a query with `AND`, `OR` or `NOT`.
    public static let keywords = 1000
    /// Words that one prefix may stand for, over the whole index.
    public static let expansions = 1000
    /// Different keywords of one query in pinyin.
    public static let pinyin = 10
    /// Units between the two keywords of a pair.
    public static let distance = 1000
}

/// How whoever asked says what a message advises.
public struct QueryWording: Sendable {
    /// Asks for a query to be taken as text.
    public var plain: String
    public var exact: String
    public var all: String
    public var fold: String

    public init(plain: String, exact: String, all: String, fold: String) {
        self.plain = plain
        self.exact = exact
        self.all = all
        self.fold = fold
    }

    public static let commandLine = QueryWording(
        plain: "--plain", exact: "--mode exact", all: "--mode all", fold: "--fold")
}

extension QueryError: CustomStringConvertible {
    public var description: String { message(.commandLine) }

    /// What is wrong, where, and what to do.
    public func message(_ wording: QueryWording) -> String {
        switch self {
        case .nothingToFind:
            "the query has no letter, digit or Han character to look for; write a keyword, such as 竞业协议 or gpt*"
        case .tooLong:
            "the query has more than \(QueryLimits.length) characters; search for a part of it"
        case .unclosedQuote(let place):
            "the quotation mark at character \(place) of the query is never closed; close it, or use \(wording.plain)"
        case .unclosedParenthesis(let place):
            "the parenthesis at character \(place) of the query is never closed; close it, or use \(wording.plain)"
        case .emptyParentheses(let place):
            "the parentheses at character \(place) of the query hold nothing; use \(wording.plain) to take them as text"
        case .missingOperand(let word, let place):
            "\(word.rawValue) at character \(place) of the query needs something "
                + (word == .not ? "after it" : "before it and after it")
                + "; use \(wording.plain) to take it as text"
        case .nothingToSubtractFrom(let place):
            "NOT at character \(place) of the query has nothing to take away from; say beside it what to find, "
                + "or use \(wording.plain)"
        case .notAPair(let place):
            "the quotation at character \(place) of the query is not two keywords, as a distance after it needs: "
                + "\"甲 乙\"~5; use \(wording.plain) to take it as text"
        case .distanceOutOfRange(let place):
            "the distance at character \(place) of the query is not one from 0 to \(QueryLimits.distance)"
        case .nestedTooDeep(let place):
            "the parenthesis at character \(place) of the query is nested deeper than \(QueryLimits.depth)"
        case .tooManyKeywords(let place):
            "the query has more than \(QueryLimits.keywords) keywords, from character \(place) on; split it, "
                + "or use \(wording.plain)"
        case .tooManyWords(let prefix):
            "more than \(QueryLimits.expansions) words of the index begin with \(prefix); write more of the word, "
                + "or leave out the *"
        case .noPinyin(let place):
            "what stands behind py: at character \(place) of the query is no pinyin, such as zijietiaodong or zjtd; "
                + "quote it, or use \(wording.plain), to take it as text"
        case .pinyinWithoutIndex(let place):
            "the pinyin at character \(place) of the query stands for what an index has, and a file has none; "
                + "write the characters, or use \(wording.plain)"
        case .tooMuchPinyin(let place):
            "the query has more than \(QueryLimits.pinyin) keywords in pinyin, from character \(place) on; "
                + "write characters for some of them"
        case .operatorsInBestMatch:
            "best match takes keywords, and NOT before those to leave out, but none of AND, OR, parentheses, word*, ~N and py:; "
                + "give \(wording.exact) or \(wording.all), or use \(wording.plain)"
        case .narrowedBestMatch:
            "a narrower fold is for literal search; give \(wording.exact) or \(wording.all), or leave \(wording.fold) out"
        case .nothingInTitle: "the text for titles has no letter, digit or Han character to look for"
        }
    }
}
