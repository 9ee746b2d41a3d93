internal import CICU

/// One of ICU's normal forms.
@safe public struct Normalizer: @unchecked Sendable {
    public enum Form: String, Sendable {
        /// Compatibility forms folded away.
        case nfkc = "NFKC"
        /// Compatibility forms, case and default-ignorable characters folded away.
        case nfkcCasefold = "NFKC_Casefold"
    }

    private let form: Form
    // SAFETY (unchecked Sendable): ICU's shared instance, immutable and safe from any thread.
    private let instance: OpaquePointer

    public init(_ form: Form = .nfkcCasefold) throws(ICUError) {
        var status: Int32 = 0
        let found =
            switch form {
            case .nfkc: unsafe suoyin_nfkc(&status)
            case .nfkcCasefold: unsafe suoyin_nfkc_casefold(&status)
            }
        guard let instance = unsafe found, status <= 0 else { throw ICUError(form.rawValue, status) }
        self.form = form
        unsafe self.instance = unsafe instance
    }

    /// Whether text can be cut right before `scalar` and both halves normalised on their own.
    public func hasBoundary(before scalar: UInt32) -> Bool {
        unsafe suoyin_has_boundary_before(instance, Int32(bitPattern: scalar)) != 0
    }

    /// Replaces the content of `output` by the normal form of `text`, both UTF-16.
    ///
    /// Unpaired surrogates pass through unchanged. O(text.count).
    public func normalize(_ text: UnsafeBufferPointer<UInt16>, into output: inout [UInt16]) throws(ICUError) {
        var capacity = text.count * 2 + 32
        while true {
            var status: Int32 = 0
            var length: Int32 = 0
            // SAFETY: ICU writes at most `capacity` units, and reports how many it needs.
            output = unsafe [UInt16](unsafeUninitializedCapacity: capacity) { buffer, count in
                length = unsafe suoyin_normalize(
                    instance, text.baseAddress, Int32(text.count), buffer.baseAddress, Int32(capacity), &status)
                count = status <= 0 ? Int(length) : 0
            }
            if status <= 0 { return }
            // 15: U_BUFFER_OVERFLOW_ERROR, with the length needed.
            guard status == 15, Int(length) > capacity else { throw ICUError(form.rawValue, status) }
            capacity = Int(length)
        }
    }
}
