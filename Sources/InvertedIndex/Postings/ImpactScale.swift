/// Rounds what a posting can add to a score up to one of 256 steps, so that a block can say its greatest in a byte.
///
/// The share that a document of length `l` with frequency `f` gets of a term's weight is, in BM25 (Robertson and Zaragoza,
/// "The Probabilistic Relevance Framework", 2009), `f / (f + k1 · (1 - b + b · l / average))`. An impact `i` stands for a share
/// of at most `i / 255`. The average is the segment's own when it was written; where a query's is greater, lengths count
/// less and shares grow, but by no more than `query's / segment's`: see ``bound(_:average:)``.
public struct ImpactScale: Sendable {
    /// BM25's `k1`: how soon repetition stops counting.
    public static let k1: Float = 0.9
    /// BM25's `b`: how much length counts. It is that of paragraphs: ranking may count length otherwise where an article is the
    /// document, and must not take an impact for a bound there.
    public static let b: Float = 0.6

    /// The average length it was made for.
    public let average: Float
    /// `k1 · (1 - b + b · l / average)` for each code of a length.
    private let norms: [Float]

    public init(average: Float) {
        self.average = max(1, average)
        let slope = Self.k1 * Self.b / self.average
        norms = (0..<LengthCode.count).map {
            Self.k1 * (1 - Self.b) + slope * Float(LengthCode.decode(UInt8($0)))
        }
    }

    /// The greatest impact of some postings.
    ///
    /// - Parameters:
    ///   - documents: with their `frequencies`.
    ///   - lengths: the codes of the lengths of all documents; empty when lengths do not count.
    func greatest(_ documents: Span<UInt32>, _ frequencies: Span<UInt32>, lengths: [UInt8]) -> UInt8 {
        let norms = norms.span
        let lengths = lengths.span
        var greatest: Float = 0
        for index in documents.indices {
            let norm = norms[lengths.isEmpty ? 0 : Int(lengths[Int(documents[index])])]
            let frequency = Float(frequencies[index])
            greatest = max(greatest, frequency / (frequency + norm))
        }
        return UInt8(min(255, (greatest * 255).rounded(.up)))
    }

    /// The share that no posting of this impact exceeds.
    ///
    /// - Parameter average: of lengths, as the query has it.
    public func bound(_ impact: UInt8, average: Float) -> Float {
        min(1, Float(impact) / 255 * max(1, average / self.average))
    }
}
