import TOML
import TestSupport
import Testing

@Suite("TOML, with its lines")
struct TOMLDocumentTests {
    @Test("every kind of value")
    func values() throws {
        let text =
            "# 注\n\"名\" = \"甲\\n乙\"\n[t]\nn = -3\nb = true\nf = 1.5\nd = 2024-05-01\na = [\n 'x',\n 2,\n []]\n"
        let members = try TOMLDocument(Array(text.utf8)).members
        #expect(members.map(\.key) == ["t", "名"])
        #expect(members[1].value == TOMLValue(content: .string("甲\n乙"), line: 2))
        guard case .table(let table) = members[0].value.content else { return #expect(Bool(false)) }
        #expect(members[0].value.line == 3)
        let found = Dictionary(uniqueKeysWithValues: table.map { ($0.key, $0.value) })
        #expect(found["n"] == TOMLValue(content: .integer(-3), line: 4))
        #expect(found["b"] == TOMLValue(content: .boolean(true), line: 5))
        #expect(found["f"]?.kind == "a number with a fraction")
        #expect(found["d"]?.kind == "a date or time")
        let dates = [
            "2024-05-06", "07:08:09", "2024-05-06T07:08:09", "2024-05-06T07:08:09Z", "2024-05-06T07:08:09.5-03:30",
        ]
        for date in dates {
            let content = try TOMLDocument(Array("d = \(date)".utf8)).members.first?.value.content
            guard case .date(let text) = content else {
                Issue.record("\(date)")
                continue
            }
            #expect(text.hasPrefix(date.prefix(19).drop { $0 == "Z" }), "\(text)")
        }
        let elements: [TOMLValue] = [
            TOMLValue(content: .string("x"), line: 9), TOMLValue(content: .integer(2), line: 10),
            TOMLValue(content: .array([]), line: 11),
        ]
        #expect(found["a"] == TOMLValue(content: .array(elements), line: 8))
    }

    @Test("nothing is a document without members", arguments: ["", "\n", "# 注"])
    func empty(text: String) throws { #expect(try TOMLDocument(Array(text.utf8)).members.isEmpty) }

    @Test(
        "what is none says the line",
        arguments: [
            ("a = ", 1), ("\na = 1\na = 2", 3), ("[t\n", 1), ("a = \"\\q\"", 1), ("\n\n= 1", 3), ("[@]", 1),
        ])
    func errors(text: String, line: Int) {
        let error = #expect(throws: TOMLError.self) { try TOMLDocument(Array(text.utf8)) }
        #expect(error?.line == line && error?.reason.isEmpty == false)
    }

    @Test("any bytes are a document or an error")
    func fuzz() {
        let sample = Array("a = \"甲\"\n[t.u]\nb = [1, {c = true}]\n[[v]]\nd = 1979-05-27T07:32:00Z\n".utf8)
        var generator = SplitMix64(seed: 11)
        var documents = 0
        for _ in 0..<3000 {
            var bytes = sample
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(
                    in: 0...255, using: &generator)
            }
            if (try? TOMLDocument(bytes)) != nil { documents += 1 }
        }
        #expect((1..<3000).contains(documents))
        #expect(throws: TOMLError.self) {
            try TOMLDocument(Array(("a = " + String(repeating: "[", count: 100_000)).utf8))
        }
    }
}
