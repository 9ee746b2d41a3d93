internal import CICU

/// ICU's word segmentation, which for Chinese is a least-cost path through a dictionary.
///
/// One breaker serves one thread; it is reused from text to text, since opening one costs a millisecond.
@safe public final class WordBreaker {
    private let breaker: OpaquePointer
    private var chunk = [Int32](repeating: 0, count: 512)

    /// - Parameter locale: an ICU locale; the root's rules already hold the dictionary for Han text.
    public init(locale: String = "zh") throws(ICUError) {
        var status: Int32 = 0
        guard let breaker = unsafe suoyin_breaker_open(locale, &status), status <= 0 else {
            throw ICUError("word breaker", status)
        }
        unsafe self.breaker = unsafe breaker
    }

    deinit { unsafe suoyin_breaker_close(breaker) }

    /// Replaces the content of `boundaries` by the boundaries of `text` after its start, in UTF-16 units; the
    /// last one is the length of the text.
    public func boundaries(of text: UnsafeBufferPointer<UInt16>, into boundaries: inout [Int32]) throws(ICUError) {
        boundaries.removeAll(keepingCapacity: true)
        guard text.count > 0 else { return }
        var status: Int32 = 0
        // SAFETY: the breaker keeps the pointer only while it walks, and the walk ends in this call.
        unsafe suoyin_breaker_set_text(breaker, text.baseAddress, Int32(text.count), &status)
        guard status <= 0 else { throw ICUError("word breaker", status) }
        while true {
            let count = unsafe Int(suoyin_breaker_next(breaker, &chunk, Int32(chunk.count)))
            boundaries.append(contentsOf: chunk[..<count])
            if count < chunk.count { return }
        }
    }
}
