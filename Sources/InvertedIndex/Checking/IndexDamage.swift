internal import Bytes
internal import Storage

/// A damaged part of an index: what is wrong with it, what that means, and what mends it.
public struct IndexDamage: Equatable, Sendable {
    /// What is damaged, as far as that decides how to mend it.
    public enum Part: Equatable, Sendable {
        /// The manifest. There is a second copy of it.
        case manifest
        /// A file that no search goes on without; its second copy is sound.
        case twin(name: String)
        /// The second copy of a file that is sound.
        case copy(name: String)
        /// The table of sources, both copies.
        case sources
        /// The terms of a segment; its text is sound.
        case terms(segment: UInt64)
        /// The text of a segment, or its articles.
        case text(segment: UInt64)
        /// Which articles of a segment are deleted, both copies; its text is sound.
        case live(segment: UInt64)
    }

    public var part: Part
    /// What is wrong with it.
    public var faults: [IndexError]
    /// Articles of the segment, where the part is of one.
    public var articles = 0

    /// Whether it is only that the manifest is not there.
    var isManifestMissing: Bool {
        guard part == .manifest, case .storage(let error)? = faults.first, case .missing = error else {
            return false
        }
        return true
    }

    /// What keeps a file from being read that may well be sound: not damage that a repair should mend.
    public var obstacle: IndexError? { faults.first { $0.isNoDamage } }

    /// What it means for whoever uses the index.
    public var consequence: String {
        if obstacle != nil { return "searches that come upon it fail; whether it is sound cannot be told" }
        return switch part {
        case .manifest:
            isManifestMissing
                ? "nothing is lost as long as its second copy, which is sound, stands in for it"
                : "nothing can be searched; a second copy of the file is sound"
        case .twin: "nothing can be searched, or hits cannot name their file; a second copy of the file is sound"
        case .copy: "nothing is lost: this is a second copy, and the file itself is sound"
        case .sources: "hits cannot name their file any more, and no second copy is sound"
        case .terms:
            "searches that come upon it fail, or miss some of \(Self.count(articles)); the text itself is sound"
        case .text: "searches that come upon it fail; the text of \(Self.count(articles)) is lost in part"
        case .live:
            "nothing can be searched: which articles are deleted is lost, and its second copy with it; the text of "
                + "\(Self.count(articles)) is sound"
        }
    }

    /// What to do about it.
    public var remedy: String {
        switch obstacle {
        case .format:
            return
                "use a build that reads this version, or `suoyin reindex\(option)` if it can; nothing is repaired now"
        case .some: return "see that the file can be read, and check again; nothing is repaired before that"
        case nil: break
        }
        return switch part {
        case .manifest, .twin: "`suoyin check --repair\(option)` puts the second copy in its place"
        case .copy: "`suoyin check --repair\(option)` writes it again"
        case .sources: "index the articles again into a new directory"
        case .terms: "`suoyin check --repair\(option)` builds it again from that text"
        case .text: "`suoyin check --repair\(option)` saves the rest, and prints the files to index again"
        case .live:
            "`suoyin check --repair\(option)` takes these articles out, and prints their files to index again"
        }
    }

    /// Names the index to commands.
    private var option: String {
        faults.lazy.compactMap(\.file).first.map { " --index \(FormatError.index(of: $0))" } ?? ""
    }

    private static func count(_ articles: Int) -> String { articles == 1 ? "1 article" : "\(articles) articles" }
}
