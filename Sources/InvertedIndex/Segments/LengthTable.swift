public import Bytes

/// The lengths of a segment's texts by document, in units; 65,535 stands for anything longer.
public struct LengthTable: Sendable {
    /// The length that stands for any longer one too.
    static let longest = Int(UInt16.max)

    private let values: ByteView

    /// - Parameter values: u16 each.
    init(_ values: ByteView) { self.values = values }

    public var count: Int { values.count / 2 }

    /// Calls `body` with the little-endian u16 values, possibly unaligned, valid during the call.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws(FormatError) -> R) throws(FormatError)
        -> R
    {
        try unsafe values.withUnsafeBytes(body)
    }

    /// The length of one document.
    public func length(of document: Int) throws(FormatError) -> Int {
        Int(try values.integer(at: document * 2, as: UInt16.self))
    }
}
