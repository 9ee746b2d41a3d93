internal import Bytes

/// The lengths of a segment's texts by document, in units; 65,535 stands for anything longer.
public struct LengthTable: Sendable {
    private let values: ByteView

    /// - Parameter values: u16 each.
    init(_ values: ByteView) { self.values = values }

    public var count: Int { values.count / 2 }

    /// Calls `body` with the little-endian u16 values, possibly unaligned, valid during the call.
    public func withUnsafeBytes<R, E: Error>(_ body: (UnsafeRawBufferPointer) throws(E) -> R) throws(E) -> R {
        try unsafe values.withUnsafeBytes(body)
    }

    /// The length of one document.
    ///
    /// - Precondition: `document < count`.
    public subscript(document: Int) -> Int {
        precondition(document >= 0 && document < count)
        // SAFETY: the precondition.
        return unsafe values.withUnsafeBytes { bytes in
            Int(UInt16(littleEndian: unsafe bytes.loadUnaligned(fromByteOffset: document * 2, as: UInt16.self)))
        }
    }
}
