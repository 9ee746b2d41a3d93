internal import InvertedIndex

/// The shares that frequencies get at each length, for paragraphs and for articles: most frequencies are small, and dividing
/// takes longer than looking up.
@safe final class ShareTables {
    /// Shares of one kind of document.
    @safe struct Table {
        /// Frequencies below this are looked up.
        private static let limit: UInt32 = 8
        // SAFETY: `limit` rows of a share a code, and the norms of all codes behind them; owned by the tables.
        fileprivate let values: UnsafeMutablePointer<Float>

        /// - Parameter norms: what is added to a frequency below the fraction, for each code of a length.
        fileprivate init(_ norms: [Float]) {
            unsafe values = .allocate(capacity: (Int(Self.limit) + 1) * LengthCode.count)
            for code in 0..<LengthCode.count {
                for frequency in 0..<Int(Self.limit) {
                    let share = Float(frequency) / (Float(frequency) + norms[code])
                    unsafe values[frequency * LengthCode.count + code] = share
                }
                unsafe values[Int(Self.limit) * LengthCode.count + code] = norms[code]
            }
        }

        /// The share of a frequency at the length of a code.
        @inline(__always)
        func share(_ frequency: UInt32, _ code: UInt8) -> Float {
            // SAFETY: there is a row for each frequency below the limit, and in it a place for each code.
            if frequency < Self.limit { return unsafe values[Int(frequency) &* LengthCode.count &+ Int(code)] }
            return unsafe Float(frequency)
                / (Float(frequency) + values[Int(Self.limit) &* LengthCode.count &+ Int(code)])
        }
    }

    let paragraphs: Table
    let articles: Table

    /// - Parameters:
    ///   - norms: of paragraphs, for each code of a length.
    ///   - articleNorms: of articles.
    init(_ norms: [Float], articles articleNorms: [Float]) {
        paragraphs = Table(norms)
        articles = Table(articleNorms)
    }

    deinit {
        unsafe paragraphs.values.deallocate()
        unsafe articles.values.deallocate()
    }
}
