import Model
import TestSupport
import Testing
import Tokenizer

private let testData = environment("SUOYIN_TEST_DATA")

/// Sentences and what a converter between the standards of China, Taiwan and Hong Kong makes of them: both should be
/// one text to a search.
///
/// Not all can be. Converters choose by the word (坏 is 坯 in 坏布), folding goes by the character and must not join
/// what Simplified text tells apart. The test prints the rest; <doc:Variants> names the reasons.
@Suite("Conversions between standards", .enabled(if: testData != nil))
struct ConversionTests {
    /// Word choice aside: the conversions whose names end in p also exchange words (软件 and 軟體).
    private static let conversions: Set = ["s2t", "s2tw", "s2hk", "t2s", "tw2s", "hk2s"]
    /// Those that were one text when this was last looked at, of 320.
    private static let floor = 303

    @Test("most sentences fold to the same units before and after")
    func sameUnits() throws {
        let file = try #require(readFile("\(testData!)/variants/opencc-testcases.json"))
        let cases = try #require(StrictJSON(file))["cases"].array
        let analyzer = try Analyzer()
        var same = 0, total = 0
        for example in cases {
            guard case .object(let expectations) = example["expected"] else { continue }
            let input = try units(example["input"].string, analyzer)
            for (conversion, output) in expectations where Self.conversions.contains(conversion) {
                let output = try units(output.string, analyzer)
                total += 1
                if input == output {
                    same += 1
                } else {
                    report(example["id"].string ?? "", conversion, input, output)
                }
            }
        }
        print("\(same) of \(total) conversions fold to the same units")
        #expect(total == 320)
        #expect(same >= Self.floor)
    }

    private func units(_ text: String?, _ analyzer: Analyzer) throws -> [String] {
        try analyzer.analyze(#require(text).utf8, words: false).plainUnits.map { "\($0.kind) \($0.text)" }
    }

    private func report(_ id: String, _ conversion: String, _ input: [String], _ output: [String]) {
        let pairs = zip(input, output).filter { $0 != $1 }.map { "\($0.suffix(1))/\($1.suffix(1))" }
        print("\(conversion) \(id): \(Set(pairs).sorted().joined(separator: " "))")
    }
}
