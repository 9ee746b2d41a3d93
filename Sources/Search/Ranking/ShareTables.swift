internal import InvertedIndex

/// The shares that frequencies get at each length, for paragraphs and for articles: most frequencies are small, and dividing
/// takes longer than looking up.
@safe final class ShareTables {
    /// Frequencies below this are looked up.
    private static let limit: UInt32 = 24

    /// Shares of one kind of document.
    @safe struct Table {
        // SAFETY: `limit` rows of a share a code, and the norms of all codes behind them; owned by the tables, which the engine
        // keeps for as long as it answers.
        fileprivate let values: UnsafeMutablePointer<Float>

        /// - Parameter norms: what is added to a frequency below the fraction, for each code of a length.
        fileprivate init(_ norms: [Float]) {
            unsafe values = .allocate(capacity: (Int(limit) + 1) * LengthCode.count)
            for code in 0..<LengthCode.count {
                for frequency in 0..<Int(limit) {
                    let share = Float(frequency) / (Float(frequency) + norms[code])
                    unsafe values[frequency * LengthCode.count + code] = share
                }
                unsafe values[Int(limit) * LengthCode.count + code] = norms[code]
            }
        }

        /// The share of a frequency at the length of a code.
        @inline(__always)
        func share(_ frequency: UInt32, _ code: UInt8) -> Float {
            // SAFETY: there is a row for each frequency below the limit, and in it a place for each code.
            if frequency < limit { return unsafe values[Int(frequency) &* LengthCode.count &+ Int(code)] }
            return unsafe Float(frequency)
                / (Float(frequency) + values[Int(limit) &* LengthCode.count &+ Int(code)])
        }
    }

    /// Both shares of a paragraph that is an article by itself, the article's times its weight.
    @safe struct SumTable {
        fileprivate let paragraphs: Table
        fileprivate let articles: Table
        // SAFETY: `limit` rows of a sum a code; owned by the tables.
        fileprivate let values: UnsafeMutablePointer<Float>

        fileprivate init(_ paragraphs: Table, _ articles: Table) {
            self.paragraphs = paragraphs
            self.articles = articles
            unsafe values = .allocate(capacity: Int(limit) * LengthCode.count)
            for place in 0..<Int(limit) * LengthCode.count {
                unsafe values[place] =
                    paragraphs.values[place] + RankingWeights.article * articles.values[place]
            }
        }

        /// The sum for a frequency at the length of a code.
        @inline(__always)
        func share(_ frequency: UInt32, _ code: UInt8) -> Float {
            // SAFETY: there is a row for each frequency below the limit, and in it a place for each code.
            if frequency < limit { return unsafe values[Int(frequency) &* LengthCode.count &+ Int(code)] }
            return paragraphs.share(frequency, code) + RankingWeights.article * articles.share(frequency, code)
        }
    }

    let paragraphs: Table
    let articles: Table
    let sums: SumTable

    /// - Parameters:
    ///   - norms: of paragraphs, for each code of a length.
    ///   - articleNorms: of articles.
    init(_ norms: [Float], articles articleNorms: [Float]) {
        paragraphs = Table(norms)
        articles = Table(articleNorms)
        sums = SumTable(paragraphs, articles)
    }

    deinit {
        unsafe paragraphs.values.deallocate()
        unsafe articles.values.deallocate()
        unsafe sums.values.deallocate()
    }
}
