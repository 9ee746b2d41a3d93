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
}

extension IndexError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .storage(let error): "\(error)"
        case .format(let error): "\(error)"
        case .noIndex(let location):
            "no index at \(location); make one with `suoyin index PATH --index \(location)`"
        case .otherAnalyzer(let location, let found, let expected):
            "the index at \(location) was made with \(found), this program analyses text with \(expected), and "
                + "its answers would miss hits; index the sources again into a new directory"
        case .segmentFull: "a segment cannot hold more than \(UInt32.max - 1) paragraphs"
        }
    }

    /// Runs `body`, turning its error into one of this type.
    @inline(__always)
    static func storage<R>(_ body: () throws(StorageError) -> R) throws(IndexError) -> R {
        do { return try body() } catch { throw .storage(error) }
    }

    @inline(__always)
    static func format<R>(_ body: () throws(FormatError) -> R) throws(IndexError) -> R {
        do { return try body() } catch { throw .format(error) }
    }
}
