internal import Model
internal import Tokenizer

/// Adds up the weights of a query's terms.
struct TermWeights {
    /// In the order in which the query has them, so that sums are the same from run to run.
    private(set) var scored: [QueryPlan.ScoredTerm] = []
    /// Where each is among them, once they are more than ``few``: to look through a few takes less than to reckon a hash.
    private var places: [TermKey: Int] = [:]
    private static let few = 16

    /// Adds the terms of a keyword.
    ///
    /// - Parameter characters: whether single characters are among them.
    mutating func add(_ analysis: Analysis, characters: Bool) {
        var block = TermBlock()
        Analyzer.terms(of: analysis, into: &block)
        let parts = QueryEmphasis.parts(analysis)
        if characters { addCharacters(of: block, analysis, parts) }
        // The mean of what so many units from a place on count.
        func mean(_ count: Int, from place: Int) -> Float {
            parts[place..<place + count].reduce(0, +) / Float(count)
        }
        for occurrence in block.bigrams {
            add(.bigram, occurrence, RankingWeights.bigram * mean(2, from: Self.place(occurrence)))
        }
        for occurrence in block.pairs {
            add(.pair, occurrence, RankingWeights.hanWord * mean(2, from: Self.place(occurrence)))
        }
        for word in block.words {
            let bytes = block.wordBytes[Int(word.start)..<Int(word.end)]
            let isHan = word.kind == .hanWord
            // A Han character is a unit, a run of letters one as a whole.
            let units = isHan ? bytes.count { $0 & 0xC0 != 0x80 } : 1
            let weight = isHan ? RankingWeights.hanWord : RankingWeights.word
            let key = TermKey(field: .body, kind: word.kind, word: bytes)
            add(word.kind, key, weight * mean(units, from: Int(word.position)))
        }
    }

    private mutating func addCharacters(of block: TermBlock, _ analysis: Analysis, _ parts: [Float]) {
        var isInWord = [Bool](repeating: false, count: parts.count)
        for word in analysis.words {
            for place in Int(word.unit)..<Int(word.unit + word.count) { isInWord[place] = true }
        }
        var isCovered = [Bool](repeating: false, count: parts.count)
        for occurrence in block.bigrams {
            let place = Self.place(occurrence)
            (isCovered[place], isCovered[place + 1]) = (true, true)
        }
        for occurrence in block.characters {
            let place = Self.place(occurrence)
            let isPart = isInWord[place]
            let weight = isPart ? RankingWeights.character : RankingWeights.characterWord
            let commonPart = isPart ? RankingWeights.commonPart : RankingWeights.commonWordPart
            add(.character, occurrence, weight * parts[place], commonPart: isCovered[place] ? commonPart : nil)
        }
    }

    private static func place(_ occurrence: UInt64) -> Int {
        Int(occurrence & UInt64(TermBlock.positionLimit - 1))
    }

    private mutating func add(
        _ kind: TermKind, _ occurrence: UInt64, _ weight: Float, commonPart: Float? = nil
    ) {
        let term = occurrence >> TermBlock.positionBits
        add(kind, TermKey(field: .body, kind: kind, integer: term), weight, commonPart: commonPart)
    }

    private mutating func add(_ kind: TermKind, _ key: TermKey, _ weight: Float, commonPart: Float? = nil) {
        guard let place = place(of: key) else {
            scored.append(.init(kind: kind, key: key, weight: weight, commonPart: commonPart))
            if scored.count == Self.few + 1 {
                for (place, term) in scored.enumerated() { places[term.key] = place }
            } else if scored.count > Self.few {
                places[key] = scored.count - 1
            }
            return
        }
        scored[place].weight += weight
        // Of several places in the query, the one where it tells most decides.
        if let part = scored[place].commonPart { scored[place].commonPart = commonPart.map { max($0, part) } }
    }

    private func place(of key: TermKey) -> Int? {
        scored.count > Self.few ? places[key] : scored.firstIndex { $0.key == key }
    }
}
