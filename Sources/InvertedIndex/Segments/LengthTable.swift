public import Bytes

/// The lengths of a segment's texts by document, in units, as coarse as ``LengthCode`` has them.
public struct LengthTable: Sendable {
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

    /// The same with all codes checked, to be read one by one.
    public func checked() throws(FormatError) -> Codes { try Codes(try values.checked()) }

    /// The codes, their bytes found sound.
    @safe public struct Codes {
        // SAFETY: `values` keeps the bytes, and the index is compared with their number.
        private let values: ByteView
        @usableFromInline let start: UnsafeRawPointer?
        @usableFromInline let count: Int

        fileprivate init(_ values: ByteView) throws(FormatError) {
            self.values = values
            count = values.count
            unsafe start = try values.withUnsafeBytes { $0.baseAddress }
        }

        /// The code of a document.
        @inlinable
        public subscript(_ document: Int) -> UInt8 {
            precondition(document >= 0 && document < count, "documents are below the segment's count")
            return unsafe start.unsafelyUnwrapped.load(fromByteOffset: document, as: UInt8.self)
        }
    }

    /// No document is longer; nil when one may have any length. O(documents).
    public func bound() throws(FormatError) -> Int? {
        let code = try unsafe values.withUnsafeBytes { unsafe $0.max() } ?? 0
        // A code stands for lengths of up to a thirty-second more.
        let length = LengthCode.decode(code)
        return code == .max ? nil : length + length / 16
    }

    /// The length of one document.
    public func length(of document: Int) throws(FormatError) -> Int {
        LengthCode.decode(try values.integer(at: document))
    }
}
