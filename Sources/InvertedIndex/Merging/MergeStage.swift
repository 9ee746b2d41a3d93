/// A merge at work, for who wants to know how far it has come.
public struct MergeStage: Sendable {
    /// The files it writes, by name; some of them may not have been begun.
    public var files: [String]
    /// Of the segments that are merged, all told: about as many as it will have written.
    public var bytes: Int
}
