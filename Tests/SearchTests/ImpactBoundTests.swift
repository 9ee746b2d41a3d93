import InvertedIndex
import TestSupport
import Testing

@testable import Search

@Suite("What an impact says of an article")
struct ImpactBoundTests {
    /// An index of paragraphs, one an article, whose lengths have this average.
    private func model(average: Int) throws -> BM25 {
        let text = Array(repeating: "ab", count: average).joined(separator: " ")
        return try TestIndex([TextArticle(id: "a", paragraphs: [text])]).engine().model
    }

    @Test("no article of one paragraph has a greater share", arguments: [1, 5, 40, 300], [1, 5, 40, 300])
    func bound(average: Int, written: Int) throws {
        let model = try model(average: average)
        // Of a segment that was written when paragraphs were longer, or shorter.
        let scale = ImpactScale(average: Float(written))
        let (k1, b) = (RankingWeights.k1, RankingWeights.b)
        for frequency in [1, 2, 3, 5, 8, 20, 100, 1000] as [Float] {
            for code in 0..<LengthCode.count {
                let length = Float(LengthCode.decode(UInt8(code)))
                let share = frequency / (frequency + k1 * (1 - b + b * length / Float(written)))
                let impact = UInt8(min(255, (share * 255).rounded(.up)))
                let ofArticle = frequency / (frequency + model.articleNorms[code])
                let bound = model.articleBound(impact, scale)
                #expect(ofArticle <= bound * 1.00001 && bound <= 1, "\(frequency) of \(length)")
            }
        }
        // It is not merely 1.
        #expect(model.articleBound(128, scale) < 1)
    }

    @Test("none and all")
    func ends() throws {
        let model = try model(average: 9)
        #expect(model.articleBound(0, ImpactScale(average: 9)) == 0)
        #expect(model.articleBound(255, ImpactScale(average: 9)) == 1)
    }
}
