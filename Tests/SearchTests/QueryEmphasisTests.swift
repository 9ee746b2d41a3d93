import Model
import Testing
import Tokenizer

@testable import Search

@Suite("Query emphasis")
struct QueryEmphasisTests {
    /// A query with what each unit counts: a `?` behind those of a word that asks, a `-` behind those that mean little.
    private func marked(_ query: String) throws -> String {
        let analysis = try Analyzer().analyze(query.utf8)
        return zip(analysis.units, QueryEmphasis.parts(analysis)).map { unit, part in
            let mark = [RankingWeights.questionWord: "?", RankingWeights.functionWord: "-", 1: ""][part]
            return String(UnicodeScalar(unit.scalar)!) + (mark ?? "!")
        }.joined()
    }

    @Test(
        "words that ask, and those that mean little, count less",
        arguments: [
            "清朝最后一个皇帝是谁": "清朝最后一-个-皇帝是-谁?",
            "什么时候成立": "什?么?时?候?成立",
            // As part of a longer word.
            "手机多少钱": "手机多?少?钱?", "谁能看见": "谁?能看见", "公司不给工资怎么办": "公司不给工资怎?么?办?",
            "能不能退货": "能?不?能?退货", "我们的工资": "我-们-的-工资",
            "甚麼時候": "甚?么?时?候?",
        ])
    func parts(query: String, expected: String) throws {
        #expect(try marked(query) == expected)
    }

    @Test(
        "what only looks like such a word counts whole",
        arguments: ["几何", "茶几", "目的地", "自我介绍", "许多少数民族", "很多少年", "多重国籍", "令人咋舌"])
    func others(query: String) throws {
        let marked = try marked(query)
        #expect(!marked.contains("?") && !marked.contains("-"), "\(marked)")
    }

    @Test("a longer word counts the mean of its characters")
    func means() throws {
        var weights = TermWeights()
        weights.add(try Analyzer().analyze("谁能".utf8), characters: false)
        let mean = (RankingWeights.questionWord + 1) / 2
        for term in weights.scored {
            let weight = term.kind == .pair ? RankingWeights.hanWord : RankingWeights.bigram
            #expect(abs(term.weight - weight * mean) < 1e-6)
        }
        #expect(weights.scored.map(\.kind).sorted { $0.rawValue < $1.rawValue } == [.bigram, .pair])
    }
}
