import ICU
import Model
import TestSupport
import Testing

@testable import Tokenizer

@Suite("Variant table")
struct VariantTableTests {
    private static let range: ClosedRange<UInt32> = 0x3400...0x9FFF

    /// What ICU's transliterator makes of each character alone, where that is another character of these blocks.
    private func pairsOfICU() throws -> [(UInt32, UInt32)] {
        let transliterator = try Transliterator("Traditional-Simplified")
        var pairs: [(UInt32, UInt32)] = []
        for value in Self.range {
            let scalar = Unicode.Scalar(value)!
            let result = Array(try transliterator(String(scalar)).unicodeScalars)
            if result.count == 1, result[0] != scalar { pairs.append((value, result[0].value)) }
        }
        return pairs
    }

    @Test("variant table equals ICU's")
    func equalsICU() throws {
        let pairs = try pairsOfICU()
        if environment("SUOYIN_RECORD") == "1" { return record(pairs) }
        let table = Dictionary(uniqueKeysWithValues: pairs)
        var wrong: [String] = []
        for value in Self.range where VariantTable.icu(value) != table[value] ?? value {
            wrong.append(String(Unicode.Scalar(value)!))
        }
        #expect(wrong == [])
        #expect(VariantTable.entryCount == pairs.count)
    }

    /// Binary search finds every entry only if they ascend, so finding all that ICU has proves the order; this
    /// looks at the entries themselves.
    @Test("the entries ascend, each once", .disabled(if: environment("SUOYIN_RECORD") == "1"))
    func isSorted() throws {
        let source = String(decoding: try #require(readFile(Self.dataFile)), as: UTF8.self)
        let body = source.split(separator: "\"\"\"")[1].unicodeScalars.filter {
            !$0.properties.isWhitespace && $0 != "\\"
        }
        #expect(body.count == VariantTable.entryCount * 2)
        let variants = stride(from: 0, to: body.count, by: 2).map {
            body[body.index(body.startIndex, offsetBy: $0)].value
        }
        #expect(zip(variants, variants.dropFirst()).allSatisfy { $0 < $1 })
    }

    @Test(
        "leaves everything else alone",
        arguments: [0, 0x61, 0x33FF, 0xA000, 0xD800, 0xF900, 0x20000, 0x10FFFF, .max])
    func othersStay(value: UInt32) {
        #expect(FoldLevel.allCases.allSatisfy { VariantTable.fold(value, at: $0) == value })
    }

    /// ICU exchanges 苧 and 苎, and makes 薴 into 苧. Text and query are each folded once, so that does no harm.
    @Test("folding what is folded changes nothing, but for three characters at ICU's level")
    func isIdempotent() {
        for level in FoldLevel.allCases {
            let twice = (UInt32(0)...0xFFFF).filter { value in
                let once = VariantTable.fold(value, at: level)
                return VariantTable.fold(once, at: level) != once
            }
            #expect(twice == (level == .icu ? [0x82CE, 0x82E7, 0x85B4] : []))
        }
    }

    // MARK: Recording

    private static let dataFile = projectRoot + "/Sources/Tokenizer/VariantTable+Data.swift"

    /// Writes the table's source anew, as a new release of ICU may need.
    private func record(_ pairs: [(UInt32, UInt32)]) {
        let release = ICULibrary.version.prefix { $0 != "." }
        let entriesALine = 38
        var text = """
            // Generated from ICU \(release) by the test "variant table equals ICU's"; recorded anew with SUOYIN_RECORD=1.
            extension VariantTable {
                /// Pairs of a variant and what it folds to, ascending by the variant; every character takes three bytes.
                static let pairs: StaticString = \"""

            """
        for start in stride(from: 0, to: pairs.count, by: entriesALine) {
            text += "        "
            for (variant, folded) in pairs[start..<min(start + entriesALine, pairs.count)] {
                text.unicodeScalars.append(Unicode.Scalar(variant)!)
                text.unicodeScalars.append(Unicode.Scalar(folded)!)
            }
            // The line ends are not part of the string.
            text += start + entriesALine < pairs.count ? "\\\n" : "\n"
        }
        text += "        \"\"\"\n}\n"
        #expect(writeFile(text.utf8, to: Array(Self.dataFile.utf8)))
    }
}
