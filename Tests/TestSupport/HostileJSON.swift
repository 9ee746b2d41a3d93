public import JSON

/// JSON with something in it that nobody asked for: for whoever takes messages in.
public enum HostileJSON {
    /// Values of every kind, at the ends of what can be written and beyond. Numbers are written as they stand, so that one may
    /// be anything.
    private static let values: [JSONValue] =
        [
            .null, true, false, [], [:], [[]], ["a": 1], "", "\u{0}", "a\u{0}b", "\r\n", "\u{FFFD}",
            "\u{202E}\u{1B}[31m",
            "清华", "\"", "(", "NOT", "*", "~", "py:", "suoyin://article/", "../../etc/passwd", "%00",
            .string(String(repeating: "团", count: 3000)), .string(String(repeating: "a b ", count: 600)),
            .array(Array(repeating: 0, count: 2000)), .array(Array(repeating: "*", count: 200)),
        ]
        + [
            "-1", "0", "-0", "1.5", "1e400", "-1e400", "1e-400", "2147483648", "9223372036854775807",
            "9223372036854775808", "-9223372036854775809", "18446744073709551616", "1E2", "0.1e1",
            String(repeating: "9", count: 400),
            // No text, as no pair of these is.
            #""\ud800""#, #""a\udc00b""#, #""\ud800\ud800""#, #""\u0000""#,
            // Deeper than anything is read, and less deep.
            String(repeating: "[", count: 600) + String(repeating: "]", count: 600),
            String(repeating: #"{"a":"#, count: 300) + "1" + String(repeating: "}", count: 300),
            // None of JSON's.
            "NaN", "01", "+1", ".5", "1.", "0x1", "'a'", "undefined", "", "\u{FEFF}1", "\"\u{1}\"", "//", "[1,]",
            "{\"a\"}",
        ].map { .number($0) }

    /// `value` with one to three members or elements exchanged, doubled, added or left out, wherever they stand.
    public static func altered(_ value: JSONValue, using generator: inout SplitMix64) -> JSONValue {
        var value = value
        for _ in 0...generator.below(3) { value = alteredOnce(value, using: &generator) }
        return value
    }

    private static func alteredOnce(_ value: JSONValue, using generator: inout SplitMix64) -> JSONValue {
        switch value {
        case .object(var members) where !members.isEmpty && !generator.once(in: 8):
            let place = generator.below(members.count)
            switch generator.below(8) {
            case 0: members.remove(at: place)
            case 1: members.insert(members[place], at: generator.below(members.count + 1))
            case 2:
                members[place].key = generator.pick([
                    "", "id", "method", "params", "\u{0}", members[place].key + " ",
                ])
            case 3:
                members.append(
                    .init(generator.pick(["id", "jsonrpc", "result", "error", "_meta"]), generator.pick(values)))
            default: members[place].value = alteredOnce(members[place].value, using: &generator)
            }
            return .object(members)
        case .array(var elements) where !elements.isEmpty && !generator.once(in: 8):
            let place = generator.below(elements.count)
            switch generator.below(4) {
            case 0: elements.remove(at: place)
            case 1: elements += Array(repeating: elements[place], count: generator.below(50))
            default: elements[place] = alteredOnce(elements[place], using: &generator)
            }
            return .array(elements)
        default: return generator.pick(values)
        }
    }
}
