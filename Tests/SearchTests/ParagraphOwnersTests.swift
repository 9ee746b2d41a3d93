import TestSupport
import Testing

@testable import Search

@Suite("Owners of paragraphs")
struct ParagraphOwnersTests {
    @Test(
        "are the articles, those without paragraphs, of one and of hundreds among them", arguments: Seed.first(12))
    func owners(seed: Seed) {
        var generator = seed.generator()
        let least = generator.pick([0, 1])
        let most = generator.pick([1, 2, 5, 700])
        var starts: [UInt32] = [0]
        var articles: [Int] = []
        for article in 0..<generator.pick([1, 3, 900]) {
            let count = least + generator.below(most)
            starts.append(starts[article] + UInt32(count))
            articles.append(contentsOf: repeatElement(article, count: count))
        }
        let lengths = articles.map { _ in UInt8(generator.below(256)) }
        let owners = unsafe lengths.withUnsafeBytes { unsafe ParagraphOwners(starts, $0) }
        for (ordinal, article) in articles.enumerated() { #expect(owners.article(of: ordinal) == article) }
        var wrong = 0
        unsafe owners.withPointers { pointers in
            for ordinal in articles.indices {
                let found = unsafe pointers.find(UInt32(ordinal))
                if unsafe found.length != lengths[ordinal] || pointers.article(found.rank) != articles[ordinal] {
                    wrong += 1
                }
            }
        }
        #expect(wrong == 0)
    }
}
