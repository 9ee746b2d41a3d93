internal import InvertedIndex
internal import Model

/// What the dictionaries say of a term: for each field that has been asked about, one entry a segment, nil where the segment
/// lacks the term. A class, since queries hand it about and add to it.
final class FoundTerm {
    private var body: [TermEntry?]?
    private var title: [TermEntry?]?
    private var healed: [TermEntry?]?

    /// The entry of a segment; nil where the segment lacks the term, or the field has not been asked about.
    func entry(_ field: Field, segment: Int) -> TermEntry? {
        switch field {
        case .body: body?[segment]
        case .title: title?[segment]
        case .healed: healed?[segment]
        }
    }

    /// Documents of all segments.
    func documentCount(_ field: Field) -> Int { self[field]?.reduce(0) { $0 + ($1?.documentCount ?? 0) } ?? 0 }

    /// Nil for a field that has not been asked about.
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
