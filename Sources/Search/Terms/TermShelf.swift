internal import InvertedIndex
internal import Model

/// Keeps what the dictionaries say of terms that queries have lately asked for.
///
/// In two generations: terms go into the younger one, and when that is full it becomes the older one, whose terms are
/// forgotten unless they have been asked for since. So terms that come again and again stay, and no order has to be kept
/// among them.
final class TermShelf {
    /// The entries of a term: for each field that has been asked for, one a segment.
    struct Entries {
        private var body: [TermEntry?]?
        private var title: [TermEntry?]?
        private var healed: [TermEntry?]?

        subscript(field: Field) -> [TermEntry?]? {
            get {
                switch field {
                case .body: body
                case .title: title
                case .healed: healed
                }
            }
            set {
                switch field {
                case .body: body = newValue
                case .title: title = newValue
                case .healed: healed = newValue
                }
            }
        }
    }

    /// Terms that a generation holds, times segments: some 10 MB.
    private static let capacity = 1 << 15
    /// Bytes of a key that is kept: a query may have a word of a million letters, and so may the next.
    private static let longestKey = 64

    /// Terms a generation.
    private let limit: Int
    private var younger: [TermKey: Entries] = [:]
    private var older: [TermKey: Entries] = [:]

    /// - Parameter count: of segments, each of which has an entry a term.
    init(segments count: Int) { limit = max(1, Self.capacity / max(1, count)) }

    /// What is kept of a term.
    ///
    /// - Parameter term: its key in paragraphs.
    func entries(_ term: TermKey) -> Entries? {
        if let found = younger[term] { return found }
        guard let found = older[term] else { return nil }
        keep(found, of: term)
        return found
    }

    func keep(_ entries: Entries, of term: TermKey) {
        guard term.bytes.count <= Self.longestKey else { return }
        if younger.count >= limit { (older, younger) = (younger, [:]) }
        younger[term] = entries
    }
}
