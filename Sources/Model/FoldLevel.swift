/// How much analysis makes alike before it compares, from narrowest to widest.
///
/// The levels are nested: what is alike at one is alike at every wider one. They decide what characters become; what a
/// reading leaves out (see ``Noise``) is the same at all of them.
public enum FoldLevel: String, CaseIterable, Comparable, Sendable {
    /// Nothing: every character is itself.
    case none
    /// Unicode's compatibility forms (NFKC): full and half width, half-width kana, ligatures, squared and circled
    /// characters, radicals of the Kangxi block, and equal sequences such as e with an accent after it.
    case width
    /// What ICU's tables give: `NFKC_Casefold`, then `Traditional-Simplified` character by character.
    case icu
    /// That, and the project's own variants.
    case full

    public static func < (left: FoldLevel, right: FoldLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .none: 0
        case .width: 1
        case .icu: 2
        case .full: 3
        }
    }
}
