internal import InvertedIndex
internal import Model

/// Keeps what the dictionaries say of terms that queries have lately asked for.
///
/// In two generations: terms go into the younger one, and when that is full it becomes the older one, whose terms are
/// forgotten unless they have been asked for since. So terms that come again and again stay, and no order has to be kept
/// among them.
final class TermShelf {
    /// Terms that a generation holds, times segments: some 10 MB.
    private static let capacity = 1 << 15
    /// Bytes of a key that is kept: a query may have a word of a million letters, and so may the next.
    private static let longestKey = 64

    /// Terms a generation.
    private let limit: Int
    private var younger: [TermKey: FoundTerm] = [:]
    private var older: [TermKey: FoundTerm] = [:]

    /// - Parameter count: of segments, each of which has an entry a term.
    init(segments count: Int) { limit = max(1, Self.capacity / max(1, count)) }

    /// What is known of a term: nothing yet, where it is new.
    ///
    /// - Parameter key: of the term in paragraphs.
    func term(_ key: TermKey) -> FoundTerm {
        guard key.bytes.count <= Self.longestKey else { return FoundTerm() }
        if let found = younger[key] { return found }
        let found = older[key] ?? FoundTerm()
        if younger.count >= limit { (older, younger) = (younger, [:]) }
        younger[key] = found
        return found
    }
}
