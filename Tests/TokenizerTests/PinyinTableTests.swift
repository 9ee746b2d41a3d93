import ICU
import Model
import TestSupport
import Testing

@testable import Tokenizer

@Suite("Pinyin table")
struct PinyinTableTests {
    /// ICU's reading of each character, tones aside; those without one are left out.
    private func readingsOfICU() throws -> [UInt32: String] {
        let transliterator = try Transliterator("Han-Latin")
        var readings: [UInt32: String] = [:]
        for value in PinyinTable.range {
            let plain = Self.plain(try transliterator(String(Unicode.Scalar(value)!)))
            if !plain.isEmpty, plain.utf8.allSatisfy({ (0x61...0x7A).contains($0) }) { readings[value] = plain }
        }
        return readings
    }

    /// A syllable without its tone, with ü as v.
    private static func plain(_ reading: String) -> String {
        var plain = ""
        for scalar in reading.unicodeScalars {
            switch scalar.value {
            case 0x101, 0xE1, 0x1CE, 0xE0: plain += "a"
            case 0x113, 0xE9, 0x11B, 0xE8, 0xEA: plain += "e"
            case 0x12B, 0xED, 0x1D0, 0xEC: plain += "i"
            case 0x14D, 0xF3, 0x1D2, 0xF2: plain += "o"
            case 0x16B, 0xFA, 0x1D4, 0xF9: plain += "u"
            case 0xFC, 0x1D6, 0x1D8, 0x1DA, 0x1DC: plain += "v"
            default: plain.unicodeScalars.append(scalar)
            }
        }
        return plain
    }

    @Test("pinyin table has ICU's readings")
    func equalsICU() throws {
        let readings = try readingsOfICU()
        if environment("SUOYIN_RECORD") == "1" { return record(readings) }
        let table = PinyinTable.shared
        var wrong: [String] = []
        for value in PinyinTable.range {
            let reading = readings[value]
            if String(decoding: PinyinTable.commonestReading(of: value), as: UTF8.self) != reading ?? "" {
                wrong.append("\(Unicode.Scalar(value)!) \(reading ?? "none")")
            }
            // What is folded to another is not among those that a syllable is written with.
            guard VariantTable.fold(value, at: .full) == value else { continue }
            if table.readings(of: value).first.map({ table.syllables[$0] }) != reading {
                wrong.append("\(Unicode.Scalar(value)!) \(reading ?? "none")")
            }
        }
        #expect(wrong == [])
    }

    @Test("glosses are read by the same readings as ICU has, of rare characters, too")
    func glosses() throws {
        let readings = HanReadings()
        func letters(_ character: Unicode.Scalar) -> String {
            String(String.UnicodeScalarView(readings.letters(of: character.value).map { Unicode.Scalar($0)! }))
        }
        #expect(
            ["汉", "漢", "绿", "綠", "略", "乾", "吕"].map(letters) == ["han", "han", "lu", "lu", "lue", "qian", "lu"])
        // Outside of the table: an extension, and a letter of another script.
        #expect(letters("㐀") == "qiu" && letters("あ") == "" && letters("a") == "a")
    }

    @Test("a character has all its readings, and each of them has the character")
    func polyphones() {
        let table = PinyinTable.shared
        func readings(_ character: Unicode.Scalar) -> Set<String> {
            Set(table.readings(of: character.value).map { table.syllables[$0] })
        }
        #expect(readings("行").isSuperset(of: ["xing", "hang"]))
        #expect(readings("单").isSuperset(of: ["dan", "shan"]))
        #expect(readings("绿").isSuperset(of: ["lv", "lu"]))
        #expect(readings("節").isEmpty && readings("a").isEmpty)
        for (number, syllable) in table.syllables.enumerated() {
            #expect(table.number(of: syllable) == number)
            #expect(table.characters(of: number).allSatisfy { table.readings(of: $0).contains(number) })
        }
        #expect(table.number(of: "zijie") == nil)
        #expect((380...450).contains(table.syllables.count))
    }

    @Test("every character with other readings is one that texts are folded to")
    func areFolded() {
        let table = PinyinTable.shared
        for number in table.syllables.indices {
            for character in table.characters(of: number) {
                #expect(VariantTable.fold(character, at: .full) == character, "\(Unicode.Scalar(character)!)")
            }
        }
    }

    // MARK: Recording

    private func record(_ readings: [UInt32: String]) {
        let release = ICULibrary.version.prefix { $0 != "." }
        var (first, variants): ([String: [UInt32]], [String: [UInt32]]) = ([:], [:])
        for (value, reading) in readings.sorted(by: { $0.key < $1.key }) {
            let folded = VariantTable.fold(value, at: .full)
            if folded == value {
                first[reading, default: []].append(value)
            } else if readings[folded] != reading {
                variants[reading, default: []].append(value)
            }
        }
        let text = """
            // Generated from ICU \(release) by the test "pinyin table has ICU's readings"; recorded anew with SUOYIN_RECORD=1.
            extension PinyinTable {
                /// Each syllable, then the characters that ICU reads so.
                static let first: StaticString = \"""
                    \(Self.lines(first))
                    \"""
                /// The same of characters that fold to one that ICU reads otherwise.
                static let variants: StaticString = \"""
                    \(Self.lines(variants))
                    \"""
            }

            """
        let file = projectRoot + "/Sources/Tokenizer/Pinyin/PinyinTable+Data.swift"
        #expect(writeFile(text.utf8, to: Array(file.utf8)))
    }

    private static func lines(_ syllables: [String: [UInt32]]) -> String {
        var lines: [String] = []
        var line = ""
        func end() {
            lines.append(line)
            line = ""
        }
        for (syllable, characters) in syllables.sorted(by: { $0.key < $1.key }) {
            if line.unicodeScalars.count + syllable.count > 100 { end() }
            line += syllable
            for character in characters {
                if line.unicodeScalars.count >= 106 { end() }
                line.unicodeScalars.append(Unicode.Scalar(character)!)
            }
        }
        end()
        return lines.joined(separator: "\\\n        ")
    }
}
