/// A posting that was asked for by a range of documents.
public struct RangedPosting: Equatable, Sendable {
    /// Which of the ranges it is in.
    public let range: UInt32
    public let document: UInt32
    public let frequency: UInt32

    @inline(__always)
    init(_ range: Int, _ document: UInt32, _ frequency: UInt32) {
        self.range = UInt32(truncatingIfNeeded: range)
        self.document = document
        self.frequency = frequency
    }
}
