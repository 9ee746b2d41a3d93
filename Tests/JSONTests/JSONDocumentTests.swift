import JSON
import TestSupport
import Testing

@Suite("JSON documents")
struct JSONDocumentTests {
    private func value(_ text: String) throws -> JSONValue { try JSONDocument(Array(text.utf8)).value }

    @Test("every kind of value, with white space wherever it may stand")
    func kinds() throws {
        let found = try value(
            " { \"a\" : [ 1 , -0.5e+3 , true , false , null ] ,\r\n\t\"\" : { } , \"b\" : \"团\\u961F\" } ")
        #expect(
            found
                == .object([
                    .init("a", [.number("1"), .number("-0.5e+3"), true, false, .null]), .init("", [:]),
                    .init("b", "团队"),
                ]))
        #expect(try value("[]") == [])
        #expect(try value("\"\"") == "")
    }

    @Test("numbers stay as they are written, and whole ones can be asked for")
    func numbers() throws {
        let texts = [
            "0", "-0", "10.0", "1e1", "123456789012345678901234567890", "1.5", "1e999", "9223372036854775807",
        ]
        let integers: [Int?] = [0, 0, 10, 10, nil, nil, nil, .max]
        for (text, integer) in zip(texts, integers) {
            let found = try value(text)
            #expect(found == .number(text))
            #expect(found.integer == integer, "\(text)")
            #expect(found.bytes == Array(text.utf8))
        }
    }

    @Test(
        "what is no JSON, and where",
        arguments: [
            ("", 0), (" ", 1), ("{", 1), ("[1,]", 3), ("[1 2]", 3), ("{\"a\"}", 4), ("{\"a\":1,}", 7), ("{a:1}", 1),
            ("01", 1), ("1.", 2), ("-", 1), ("+1", 0), ("nul", 3), ("\"\t\"", 1), ("\"\\x\"", 3), ("\"a", 2),
            ("{}x", 2),
            ("\u{FEFF}{}", 0), ("[\"\\ud842\\u12\"]", 12), ("NaN", 0),
        ])
    func notJSON(text: String, offset: Int) {
        #expect(throws: JSONError(.notJSON, offset: offset)) { try value(text) }
    }

    @Test("surrogates: a pair is one character, half of one U+FFFD")
    func surrogates() throws {
        #expect(try value(#""\ud842\udfb7""#) == "𠮷")
        #expect(try value(#""\ud842a\udfb7""#) == "\u{FFFD}a\u{FFFD}")
    }

    @Test("nesting has a limit, well before the stack's", arguments: ["[", "{\"a\":"])
    func nesting(open: String) throws {
        let close = open == "[" ? "]" : "}"
        func text(_ depth: Int) -> String {
            String(repeating: open, count: depth) + "1" + String(repeating: close, count: depth)
        }
        #expect(throws: Never.self) { try value(text(511)) }
        for depth in [512, 100_000] {
            #expect(throws: JSONError(.tooDeep, offset: 512 * open.utf8.count)) { try value(text(depth)) }
        }
    }

    @Test("a key that an object has twice is told, by its bytes and not by how it looks")
    func repeatedKeys() throws {
        #expect(try JSONDocument(Array(#"{"a":1,"b":{"a":2}}"#.utf8)).repeatedKey == nil)
        let twice = try JSONDocument(Array(#"{"x":[{"a":1,"\u0061":2}]}"#.utf8))
        #expect(twice.repeatedKey?.key == "a")
        #expect(twice.repeatedKey?.offset == 13)
        #expect(twice.value["x"]?.elements?.first?["a"] == 1)
        // é as one character and as two.
        #expect(try JSONDocument(Array(#"{"\u00e9":1,"e\u0301":2}"#.utf8)).repeatedKey == nil)
    }

    @Test("what is written reads back, by both readers", arguments: Seed.first(200))
    func roundTrip(seed: Seed) throws {
        var random = seed.generator()
        let value = Self.random(depth: 4, &random)
        let bytes = value.bytes
        #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F })
        #expect(try JSONDocument(bytes).value == value)
        #expect(StrictJSON(bytes) != nil)
    }

    @Test("any bytes are a value or an error, and the strict reader agrees on which", arguments: Seed.first(300))
    func anyBytes(seed: Seed) {
        var random = seed.generator()
        let good = Self.random(depth: 3, &random).bytes
        let bytes =
            random.once(in: 4)
            ? RandomBytes.noise(upTo: 60, using: &random) : RandomBytes.mutation(of: good, using: &random)
        let found = try? JSONDocument(bytes)
        guard String(validating: bytes, as: UTF8.self) != nil else { return }
        if let strict = StrictJSON(bytes) {
            #expect(found != nil, "\(strict)")
        } else if let found {
            // The strict one refuses these three as well.
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(found.repeatedKey != nil || text.contains("\\u"), "\(text)")
        }
    }

    private static func random(depth: Int, _ random: inout SplitMix64) -> JSONValue {
        switch random.below(depth > 0 ? 7 : 5) {
        case 0: return .null
        case 1: return .bool(random.once(in: 2))
        case 2: return .number(Int(truncatingIfNeeded: random.next()))
        case 3: return .number(Float(random.below(1000)) / 7)
        case 4: return .string(text(&random))
        case 5: return .array((0..<random.below(4)).map { _ in Self.random(depth: depth - 1, &random) })
        default:
            return .object(
                (0..<random.below(4)).map { .init("\($0)" + text(&random), Self.random(depth: depth - 1, &random)) }
            )
        }
    }

    private static func text(_ random: inout SplitMix64) -> String {
        let pieces = ["团", "a", "\"", "\\", "\n", "\u{0}", "\u{85}", "𠮷", "é", "\u{7F}", "/", " "]
        return (0..<random.below(6)).map { _ in random.pick(pieces) }.joined()
    }
}
