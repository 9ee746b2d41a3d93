internal import CICU

/// ICU's guesses at the encoding of bytes, from statistics of the languages it knows.
///
/// They are good for a page of text and poor for a line: take them as candidates, not as the answer. One detector
/// serves one thread.
@safe public final class CharsetDetector {
    /// One guess.
    public struct Guess: Equatable, Sendable {
        /// A name that ``Converter`` takes.
        public var name: String
        /// 0 to 100.
        public var confidence: Int
    }

    private let detector: OpaquePointer

    public init() throws(ICUError) {
        var status: Int32 = 0
        guard let detector = unsafe suoyin_detector_open(&status), status <= 0 else {
            throw ICUError("charset detector", status)
        }
        unsafe self.detector = unsafe detector
    }

    deinit { unsafe suoyin_detector_close(detector) }

    /// The guesses for `bytes`, the likeliest first, at most 16. O(bytes.count), some microseconds a kilobyte.
    public func guesses(_ bytes: UnsafeBufferPointer<UInt8>) throws(ICUError) -> [Guess] {
        let limit = 16
        var names = unsafe [UnsafePointer<CChar>?](repeating: nil, count: limit)
        var confidences = [Int32](repeating: 0, count: limit)
        var status: Int32 = 0
        // SAFETY: the detector reads the bytes during this call only, and its names live as long as it does.
        let count = unsafe suoyin_detector_detect(
            detector, bytes.baseAddress, Int32(clamping: bytes.count), &names, &confidences, Int32(limit), &status)
        guard status <= 0 else { throw ICUError("charset detector", status) }
        return (0..<Int(count)).compactMap { index in
            unsafe names[index].map { unsafe Guess(name: String(cString: $0), confidence: Int(confidences[index])) }
        }
    }
}
