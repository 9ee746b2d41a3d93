public import Model

/// How a text file may be compressed.
public enum Compression: String, Sendable {
    case gzip
    case zstd

    /// The compression that a file's name tells; nil for none.
    public init?(of path: Path) {
        switch path.fileExtension {
        case "gz": self = .gzip
        case "zst": self = .zstd
        default: return nil
        }
    }

    /// The path without the extension of its compression.
    static func unpackedName(of path: Path) -> Path {
        guard Compression(of: path) != nil else { return path }
        return path.parent.appending(path.stem)
    }

    /// A decompressor at the beginning of a stream.
    func decompressor() -> any Decompressor {
        switch self {
        case .gzip: GzipDecompressor()
        case .zstd: ZstdDecompressor()
        }
    }
}

/// Expands a stream piece by piece.
protocol Decompressor: AnyObject {
    /// Expands some of `input` into `output`; both may be left half used.
    ///
    /// - Returns: the bytes read and written; nil when the stream is damaged.
    func expand(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> (
        read: Int, written: Int
    )?

    /// Whether the stream may end here: it has not begun, or what has begun is complete.
    var isComplete: Bool { get }
}
