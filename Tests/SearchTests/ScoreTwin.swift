import InvertedIndex
import Model
import Tokenizer

@testable import Search

/// Scores by the definition: every paragraph is analysed and every term counted, in double precision. The slow twin of
/// the scorers, after what their documentation says.
struct ScoreTwin {
    typealias Counts = [TermKey: Int]

    private struct Document {
        var place: String
        var number: Int
        var isLive: Bool
        var article: Int
        /// The plain reading, and the healed one where it is another.
        var rows: [[String]]
        var length: Double
        /// Terms of the plain reading, and of the healed one where it is another.
        var plain: Counts
        var healed: Counts

        /// How often a term counts: as often as the reading has it that has it more.
        func count(_ key: TermKey) -> Int { max(plain[key] ?? 0, healed[key] ?? 0) }
    }

    private let analyzer: Analyzer
    private var documents: [Document] = []
    /// Terms of the titles, under the keys of paragraphs' terms.
    private var titles: [Counts] = []

    init(_ index: TestIndex) throws {
        analyzer = index.analyzer
        for article in index.counted {
            titles.append(Self.counts(try analyzer.analyze(article.title.utf8)))
            for (offset, text) in article.paragraphs.enumerated() {
                let plain = try analyzer.analyze(text.utf8)
                let healed = try analyzer.heal(text.utf8, plain: plain)
                documents.append(
                    Document(
                        place: "\(article.id)#\(offset + 1)", number: offset + 1,
                        isLive: !index.deleted.contains(article.source), article: titles.count - 1,
                        rows: [plain, healed].compactMap { $0.map(Oracle.row) },
                        length: Double(LengthCode.decode(LengthCode.encode(plain.units.count))),
                        plain: Self.counts(plain), healed: healed.map(Self.counts) ?? [:]))
            }
        }
    }

    private static func counts(_ analysis: Analysis) -> Counts {
        var block = TermBlock()
        Analyzer.terms(of: analysis, into: &block)
        var counts = Counts()
        for (key, _, _) in occurrences(block) { counts[key, default: 0] += 1 }
        return counts
    }

    /// Every term of a block with its kind and place.
    private static func occurrences(_ block: TermBlock) -> [(key: TermKey, kind: TermKind, position: Int)] {
        let mask = UInt64(TermBlock.positionLimit - 1)
        var all: [(key: TermKey, kind: TermKind, position: Int)] = []
        for (kind, list) in [
            (TermKind.character, block.characters), (.bigram, block.bigrams), (.pair, block.pairs),
        ] {
            all += list.map {
                (TermKey(field: .body, kind: kind, integer: $0 >> TermBlock.positionBits), kind, Int($0 & mask))
            }
        }
        return all
            + block.words.map {
                let bytes = block.wordBytes[Int($0.start)..<Int($0.end)]
                return (TermKey(field: .body, kind: $0.kind, word: bytes), $0.kind, Int($0.position))
            }
    }

    // MARK: The formula

    private var averageLength: Double {
        let sum = documents.reduce(0) { $0 + $1.length }
        return sum > 0 ? sum / Double(documents.count) : 1
    }

    private func inverseFrequency(_ df: Int, of total: Int) -> Double {
        Double(logarithm(onePlus: Float((max(0, Double(total - df)) + 0.5) / (Double(df) + 0.5))))
    }

    private func share(_ frequency: Double, _ length: Double) -> Double {
        let k1 = Double(RankingWeights.k1)
        let b = Double(RankingWeights.b)
        return frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / averageLength))
    }

    /// The sums of the lengths of each article's paragraphs, as coarse as the index has them.
    private var articleLengths: [Double] {
        var sums = [Int](repeating: 0, count: titles.count)
        for document in documents { sums[document.article] += Int(document.length) }
        return sums.map { Double(LengthCode.decode(LengthCode.encode($0))) }
    }

    /// The share of a term in each article.
    private func articleShares(_ key: TermKey, _ lengths: [Double]) -> [Double] {
        let k1 = Double(RankingWeights.k1)
        let b = Double(RankingWeights.articleB)
        var frequencies = titles.map { Double(RankingWeights.articleTitle) * Double($0[key] ?? 0) }
        for document in documents { frequencies[document.article] += Double(document.count(key)) }
        let total = documents.reduce(0) { $0 + $1.length }
        let average = total > 0 ? total / Double(titles.count) : 1
        return zip(frequencies, lengths).map { frequency, length in
            frequency > 0 ? frequency * (k1 + 1) / (frequency + k1 * (1 - b + b * length / average)) : 0
        }
    }

    private func plainCount(_ key: TermKey) -> Int { documents.count { $0.plain[key] != nil } }
    private func healedCount(_ key: TermKey) -> Int { documents.count { $0.healed[key] != nil } }
    private func titleCount(_ key: TermKey) -> Int { titles.count { $0[key] != nil } }

    /// The ranking terms of a query without quotation marks, each with its weight.
    private func weights(_ query: String) throws -> [TermKey: (kind: TermKind, weight: Double)] {
        var weights: [TermKey: (kind: TermKind, weight: Double)] = [:]
        for keyword in Oracle.split(query) {
            let analysis = try analyzer.analyze(keyword.utf8)
            let parts = QueryEmphasis.parts(analysis)
            var block = TermBlock()
            Analyzer.terms(of: analysis, into: &block)
            for (key, kind, position) in Self.occurrences(block) {
                let weight: Float
                var part = parts[position]
                switch kind {
                case .character:
                    let isInWord = analysis.words.contains { $0.unit <= position && position < $0.unit + $0.count }
                    weight = isInWord ? RankingWeights.character : RankingWeights.characterWord
                case .bigram, .pair:
                    weight = kind == .pair ? RankingWeights.hanWord : RankingWeights.bigram
                    part = (part + parts[position + 1]) / 2
                case .hanWord:
                    weight = RankingWeights.hanWord
                    let count = Int(analysis.words.first { $0.unit == position }?.count ?? 1)
                    part = parts[position..<position + count].reduce(0, +) / Float(count)
                case .word: weight = RankingWeights.word
                }
                weights[key, default: (kind, 0)].weight += Double(weight * part)
            }
        }
        return weights
    }

    // MARK: Modes

    /// Scores of everything that `any` finds.
    func any(_ query: String) throws -> [String: Double] {
        let terms = try weights(query).map {
            (key: $0, weight: $1.weight, df: max(plainCount($0), titleCount($0), healedCount($0)))
        }
        let lengths = articleLengths
        var behind = [Double](repeating: 0, count: titles.count)
        for term in terms where term.df > 0 {
            let worth = term.weight * inverseFrequency(term.df, of: documents.count)
            for (article, share) in articleShares(term.key, lengths).enumerated() {
                behind[article] += worth * share
            }
        }
        var scores: [String: Double] = [:]
        for document in documents where document.isLive {
            var score = Double(RankingWeights.article) * behind[document.article]
            var isMatched = false
            var isTitled = false
            for term in terms where term.df > 0 {
                let body = document.count(term.key)
                let title = titles[document.article][term.key] ?? 0
                isMatched = isMatched || body > 0
                isTitled = isTitled || title > 0
                let frequency = Double(body) + Double(RankingWeights.title) * Double(title)
                guard frequency > 0 else { continue }
                score +=
                    term.weight * inverseFrequency(term.df, of: documents.count) * share(frequency, document.length)
            }
            // Under a title that matches alone, the first paragraph stands for the article.
            if isMatched || isTitled && document.number == 1 { scores[document.place] = score }
        }
        return scores
    }

    /// Scores of what `exact` finds, for keywords of which each is one term, or two bigrams with one between.
    func exact(_ query: String) throws -> [String: Double] {
        let weights = try weights(query)
        var rows: [[String]] = []
        for keyword in Oracle.split(query) {
            let row = Oracle.trimmed(Oracle.row(try analyzer.analyze(keyword.utf8, words: false)))
            if !row.isEmpty, !rows.contains(row) { rows.append(row) }
        }
        let counts = try rows.map { max(try rarest($0, plainCount), try rarest($0, healedCount)) }
        var scores: [String: Double] = [:]
        for document in documents where document.isLive {
            let frequencies = rows.map { row in
                document.rows.map { Oracle.places(of: row, in: $0).count }.max() ?? 0
            }
            guard frequencies.allSatisfy({ $0 > 0 }) else { continue }
            var score = 0.0
            for (frequency, df) in zip(frequencies, counts) {
                score += inverseFrequency(df, of: documents.count) * share(Double(frequency), document.length)
            }
            for (key, term) in weights where term.kind == .pair || term.kind == .hanWord {
                let df = max(plainCount(key), healedCount(key))
                let frequency = document.count(key)
                guard frequency > 0 else { continue }
                score +=
                    term.weight * inverseFrequency(df, of: documents.count)
                    * share(Double(frequency), document.length)
            }
            for (key, term) in weights where term.kind != .character {
                guard let tf = titles[document.article][key] else { continue }
                let idf = inverseFrequency(titleCount(key), of: titles.count)
                score += term.weight * idf * Double(tf) / (Double(tf) + Double(RankingWeights.k1))
            }
            scores[document.place] = score
        }
        return scores
    }

    /// Whether ``exact(_:)`` knows which terms a keyword is looked up by: all of them, or the outer two bigrams.
    func canScoreExactly(_ query: String) throws -> Bool {
        try Oracle.split(query).allSatisfy { keyword in
            let analysis = try analyzer.analyze(keyword.utf8, words: false)
            return analysis.units.split { $0.kind != .han }.allSatisfy { $0.count <= 4 }
        }
    }

    /// The paragraphs of the rarest of the terms that a keyword is looked up by.
    private func rarest(_ row: [String], _ count: (TermKey) -> Int) throws -> Int {
        var counts: [Int] = []
        for run in row.split(separator: "|") {
            var block = TermBlock()
            // Units stand apart again when white space is between letters; Han characters do not mind it.
            Analyzer.terms(of: try analyzer.analyze(run.joined(separator: " ").utf8), into: &block)
            counts += block.words.filter { $0.kind == .word }.map {
                count(TermKey(field: .body, kind: .word, word: block.wordBytes[Int($0.start)..<Int($0.end)]))
            }
            counts += hanCounts(block, count)
        }
        return counts.min() ?? 0
    }

    /// Counts of the terms of each run of Han characters: one alone is itself, four are the outer two bigrams.
    private func hanCounts(_ block: TermBlock, _ count: (TermKey) -> Int) -> [Int] {
        let all = Self.occurrences(block)
        let bigrams = all.filter { $0.kind == .bigram }
        let starts = Set(bigrams.map(\.position))
        var counts: [Int] = []
        for bigram in bigrams {
            let isMiddleOfFour = starts.contains(bigram.position - 1) && starts.contains(bigram.position + 1)
            if !isMiddleOfFour { counts.append(count(bigram.key)) }
        }
        for character in all where character.kind == .character {
            if !starts.contains(character.position), !starts.contains(character.position - 1) {
                counts.append(count(character.key))
            }
        }
        return counts
    }
}
