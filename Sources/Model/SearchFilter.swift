/// Which articles a search looks at. Every condition that is given must hold.
public struct SearchFilter: Equatable, Sendable {
    /// The article's file matches any of these; empty for any file.
    public var paths: [PathPattern] = []
    /// The title holds this text literally, folded as texts are; nil for any title.
    public var title: String?
    /// The article is not older than this: of a year or month, not older than its first day.
    public var since: DatePeriod?
    /// The article is not newer than this: of a year or month, not newer than its last day.
    public var until: DatePeriod?
    /// The article's id is one of these; empty for any.
    public var articles: Set<[UInt8]> = []

    /// Lets every article pass.
    public init() {}

    public var isEmpty: Bool { self == SearchFilter() }

    /// Whether it asks for more than the file.
    public var readsRecords: Bool { !articles.isEmpty || title != nil || since != nil || until != nil }

    /// Whether any day of a period is within ``since`` and ``until``.
    public func admits(_ date: DatePeriod) -> Bool {
        if let since, date.last < since.first { return false }
        if let until, until.last < date.first { return false }
        return true
    }
}
