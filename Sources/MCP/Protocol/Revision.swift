/// The revisions of the protocol that are spoken, oldest first.
///
/// Up to `2025-11-25` a client opens with `initialize`, and the two agree on a revision for good. From `2026-07-28` on
/// every request says on its own which revision it is of, and `initialize` is no more.
enum Revision: String, CaseIterable, Comparable, Sendable {
    case november2024 = "2024-11-05"
    case march2025 = "2025-03-26"
    case june2025 = "2025-06-18"
    case november2025 = "2025-11-25"
    case july2026 = "2026-07-28"

    /// The newest that `initialize` can agree on.
    static let latestWithHandshake = Revision.november2025

    /// Whether each request of it says so itself.
    var isStateless: Bool { self >= .july2026 }

    /// Whether several messages may come as one array: in one revision, and never since.
    var hasBatches: Bool { self == .march2025 }

    /// Whether tools say what they do to the world.
    var hasToolAnnotations: Bool { self >= .march2025 }

    /// Whether tools have titles, schemas of what they give, and give it as values.
    var hasStructuredContent: Bool { self >= .june2025 }

    static func < (left: Revision, right: Revision) -> Bool { left.rawValue < right.rawValue }
}
