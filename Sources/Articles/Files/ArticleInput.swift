internal import Model

/// JSON lines that are in no file: what another program writes into a pipe, say. The path of their articles is
/// ``Model/Path/standardInput``.
public enum ArticleInput: Sendable {
    /// Read on from where it is to its end, and left open.
    case descriptor(Int32)
    /// The lines themselves.
    case lines([UInt8])
}
