/// How far apart two spellings may be and still be the same, from nothing at all to everything Suoyin knows.
public enum FoldLevel: String, CaseIterable, Comparable, Sendable {
    /// Characters as they are written.
    case none
    /// Case and width do not count, nor do other compatibility forms.
    case width
    /// Nor does the difference of Traditional and Simplified, by ICU's table alone.
    case icu
    /// Nor do variants that ICU leaves alone: 峯 and 峰.
    case full

    public static func < (left: FoldLevel, right: FoldLevel) -> Bool { left.order < right.order }

    private var order: Int { FoldLevel.allCases.firstIndex(of: self)! }
}
