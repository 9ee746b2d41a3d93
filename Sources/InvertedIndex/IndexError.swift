public import Bytes
public import Storage

/// Why an index cannot be opened, written or read.
public enum IndexError: Error, Equatable, Sendable {
    case storage(StorageError)
    case format(FormatError)
    /// There is no index at this place.
    case noIndex(location: String)
    /// The index was made by an analyzer whose terms differ from those of this program.
    case otherAnalyzer(location: String, found: String, expected: String)
    /// A segment holds as many paragraphs as ordinals have room for.
    case segmentFull
    /// A merge was given up because its writer went.
    case cancelled
    /// The index has other terms for a paragraph than its text gives; number 0 is the title of the article.
    case termsDisagree(file: String, article: [UInt8], paragraph: Int, others: Int)
    /// Which files articles came from cannot be told any more.
    case sourcesLost(location: String)
    /// Which files make up the index cannot be told any more.
    case manifestLost(location: String)
    /// A directory that should be empty is not.
    case notEmpty(location: String)
}

extension IndexError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .storage(.missing(let path)):
            "\(StorageError.missing(path: path)); " + FormatError.advice(index: FormatError.index(of: path))
        case .storage(let error): "\(error)"
        case .format(let error): "\(error)"
        case .noIndex(let location):
            "no index at \(location); make one with `suoyin index PATH --index \(location)`"
        case .otherAnalyzer(let location, let found, let expected):
            "the index at \(location) was made with \(found), this program analyses text with \(expected), and "
                + "its answers would miss hits; `suoyin reindex --index \(location)` builds it anew from its own text"
        case .segmentFull: "a segment cannot hold more than \(UInt32.max - 1) paragraphs"
        case .cancelled: "merging was given up before it was done; the segments are as they were"
        case .termsDisagree(let file, let article, let paragraph, let others):
            "\(file): the terms of \(paragraph == 0 ? "the title" : "paragraph \(paragraph)") of article "
                + "\"\(String(decoding: article, as: UTF8.self))\" are not those of its text"
                + (others > 0 ? ", nor are \(others) more" : "")
        case .sourcesLost(let location):
            "the index at \(location) cannot be repaired: which files its articles came from is lost, and its second "
                + "copy with it; index the articles again into a new directory"
        case .manifestLost(let location):
            "the index at \(location) has lost the file that says which files make it up, and the second copy with it; put "
                + "a snapshot in its place, or index the articles again into a new directory"
        case .notEmpty(let location): "\(location) is not empty; choose a directory that is, or a new one"
        }
    }

    /// What is wrong, without advice for whoever met it in a search.
    public var fault: String {
        switch self {
        case .format(let error): error.fault
        case .storage(let error): "\(error)"
        default: description
        }
    }

    /// Whether the bytes may well be sound, only that they cannot be read here and now: nothing to be repaired.
    var isNoDamage: Bool {
        switch self {
        case .storage(.failed), .format(.unsupportedVersion): true
        default: false
        }
    }

    /// The file that is missing, damaged or cannot be read, where it is one.
    var file: String? {
        switch self {
        case .format(let error): error.file
        case .storage(.missing(let path)), .storage(.failed(_, let path, _)): path
        case .termsDisagree(let file, _, _, _): file
        default: nil
        }
    }

    /// Whether a file of this segment is missing or damaged.
    func isAbout(segment id: UInt64) -> Bool {
        if isNoDamage { return false }
        return file?.split(separator: "/").last?.hasPrefix("segment-\(id).") == true
    }

    /// Of a file that is cut short, what says most of it: several readers miss something there, and the one that misses most
    /// knows how long it was.
    static func withoutEchoes(_ faults: [IndexError]) -> [IndexError] {
        var needed: [String: Int] = [:]
        for case .format(.truncated(let file, _, let count, _)) in faults {
            needed[file] = max(needed[file] ?? 0, count)
        }
        return faults.filter { fault in
            guard let file = fault.file, let most = needed[file] else { return true }
            if case .format(.truncated(_, _, let count, _)) = fault { return count == most }
            return false
        }
    }

    /// Runs `body`, turning its error into one of this type.
    @inline(__always)
    static func storage<R>(_ body: () throws(StorageError) -> R) throws(IndexError) -> R {
        do { return try body() } catch { throw .storage(error) }
    }

    @inline(__always)
    static func format<R: ~Copyable>(_ body: () throws(FormatError) -> R) throws(IndexError) -> R {
        do { return try body() } catch { throw .format(error) }
    }
}
