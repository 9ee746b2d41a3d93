internal import InvertedIndex
internal import Model

/// Keeps what the dictionaries say of terms that queries have lately asked for.
///
/// In two generations: terms go into the younger one, and when that is full it becomes the older one, whose terms are
/// forgotten unless they have been asked for since. So terms that come again and again stay, and an entry costs no list
/// to keep in order.
final class TermShelf {
    /// Entries that a generation holds, of all segments: some 4 MB.
    private static let capacity = 1 << 15

    /// Terms a generation.
    private let limit: Int
    private var younger: [TermKey: [TermEntry?]] = [:]
    private var older: [TermKey: [TermEntry?]] = [:]

    /// - Parameter count: of segments, each of which has an entry a term.
    init(segments count: Int) { limit = max(1, Self.capacity / max(1, count)) }

    /// The entries of a term, one a segment; nil where they are not kept.
    func entries(_ key: TermKey) -> [TermEntry?]? {
        if let found = younger[key] { return found }
        guard let found = older[key] else { return nil }
        keep(found, of: key)
        return found
    }

    func keep(_ entries: [TermEntry?], of key: TermKey) {
        if younger.count >= limit { (older, younger) = (younger, [:]) }
        younger[key] = entries
    }
}
