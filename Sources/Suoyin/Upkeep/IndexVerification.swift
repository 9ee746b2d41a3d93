internal import InvertedIndex
public import Model
internal import Storage
internal import Tokenizer

/// The result of verifying an index.
public struct IndexVerification: Sendable {
    public var files: Int
    public var bytes: Int
    /// What is damaged; empty for a sound index.
    public var damages: [IndexDamageReport]
    /// Files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadFiles: Int
    /// Whether the terms were compared with those of the text: not when they are by another analyzer.
    public var comparedTerms: Bool

    /// Everything that is wrong, a line each.
    public var problems: [String] { damages.flatMap(\.faults) }

    /// Reads the whole index, and analyses its text anew.
    ///
    /// - Parameter comparesTerms: whether to compare terms with the text, which takes most of the time.
    /// - Complexity: O(bytes of the index).
    public init(index: Path, comparesTerms: Bool = true) throws {
        let storage = try PosixStorage(directory: index.bytes, create: false)
        if comparesTerms {
            self.init(try IndexCheck(storage, terms: (Analyzer.fingerprint, try ArticleAnalyzer())))
        } else {
            self.init(try IndexCheck(storage))
            comparedTerms = false
        }
    }

    init(_ check: IndexCheck) {
        files = check.files
        bytes = check.bytes
        damages = check.damages.map { IndexDamageReport($0) }
        unreadFiles = check.unreadSources
        comparedTerms = check.analyzer == Analyzer.fingerprint
    }
}

/// A damaged part of an index, for people.
public struct IndexDamageReport: Sendable {
    /// What is wrong, a line each: the file, the byte, the rule.
    public var faults: [String]
    /// What it means for searches and articles.
    public var consequence: String
    /// What to do.
    public var remedy: String

    init(_ damage: IndexDamage) {
        faults = damage.faults.map(\.fault)
        consequence = damage.consequence
        remedy = damage.remedy
    }
}
