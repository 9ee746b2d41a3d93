internal import CICU

/// A call into ICU that failed, with ICU's own name for the reason.
public struct ICUError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The service that failed: "NFKC_Casefold", "word breaker" and so on.
    public let service: String
    /// ICU's `UErrorCode`.
    public let code: Int32

    public var description: String {
        let name = unsafe String(cString: suoyin_error_name(code))
        return "ICU's \(service) failed: \(name); check that the libicu packages of this system are whole"
    }

    init(_ service: String, _ code: Int32) {
        self.service = service
        self.code = code
    }
}

/// The versions of the ICU library this process runs with.
public enum ICULibrary {
    /// For example `72.1`.
    public static var version: String { unsafe string(suoyin_icu_version) }
    /// Version of the Unicode data, for example `15.0`.
    public static var unicodeVersion: String { unsafe string(suoyin_unicode_version) }

    private static func string(_ fill: (UnsafeMutablePointer<CChar>) -> Void) -> String {
        unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: 32) { buffer in
            unsafe buffer.initialize(repeating: 0)
            unsafe fill(buffer.baseAddress!)
            return unsafe String(cString: buffer.baseAddress!)
        }
    }
}
