public import Bytes

/// The lengths of a segment's texts by document, in units, as coarse as ``LengthCode`` has them.
public struct LengthTable: Sendable {
    /// The length that stands for any longer one too.
    static let longest = Int(UInt16.max)

    private let values: ByteView

    /// - Parameter values: a code each.
    init(_ values: ByteView) { self.values = values }

    public var count: Int { values.count }

    /// Calls `body` with the codes, valid during the call.
    public func withUnsafeBytes<R>(_ body: (UnsafeRawBufferPointer) throws(FormatError) -> R) throws(FormatError)
        -> R
    {
        try unsafe values.withUnsafeBytes(body)
    }

    /// The length of one document.
    public func length(of document: Int) throws(FormatError) -> Int {
        LengthCode.decode(try values.integer(at: document))
    }
}
