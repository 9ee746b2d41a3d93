import Model
import TestSupport
import Testing

@Suite("Globs")
struct GlobTests {
    @Test(
        "what matches and what does not",
        arguments: [
            ("*.txt", ["a.txt", ".txt", "一.txt"], ["a.txt/", "a/b.txt", "a.text", ""]),
            ("a?c", ["abc", "a一c", "a😀c"], ["ac", "abbc", "a/c"]),
            ("**", ["", "a", "a/b/c"], []),
            ("a/**", ["a/", "a/b", "a/b/c"], ["a", "ab"]),
            ("**/a", ["a", "b/a", "c/b/a", "/a"], ["ba", "b/ba"]),
            ("a/**/b", ["a/b", "a/x/b", "a/x/y/b"], ["a/xb", "ab", "a/x/yb"]),
            ("a**b", ["ab", "a/b", "axxb"], ["a", "abx"]),
            ("[a-c]x", ["ax", "cx"], ["dx", "x", "[a-c]x"]),
            ("[!a-c]x", ["dx", "一x"], ["ax", "/x", "x"]),
            ("[^一-二]", ["王", "a"], ["一", "二", "丁"]),
            ("[]a]", ["]", "a"], ["[]a]", "b"]),
            ("[a-]", ["a", "-"], ["b"]),
            ("[z-a]", [], ["z", "a", "m"]),
            ("[a", ["[a"], ["a"]),
            ("\\*\\[", ["*["], ["a[", "\\*\\["]),
            ("a\\", ["a\\"], ["a"]),
            ("", [""], ["a"]),
            ("旧/**/*.[tT][xX][tT]", ["旧/a.txt", "旧/b/c.TXT"], ["新/a.txt", "旧a.txt"]),
        ] as [(String, [String], [String])])
    func table(pattern: String, matching: [String], other: [String]) {
        for path in matching { #expect(Glob(pattern).matches(path.utf8), "\(pattern) \(path)") }
        for path in other { #expect(!Glob(pattern).matches(path.utf8), "\(pattern) \(path)") }
    }

    @Test("bytes that are not UTF-8 are characters")
    func anyBytes() {
        #expect(Glob("a?b").matches([0x61, 0xFF, 0x62]))
        #expect(Glob([0xFF, 0x2A]).matches([0xFF, 0xFE]))
        #expect(!Glob([0xFF]).matches([0xFE]))
        #expect(!Glob([0xFF]).matches("ÿ".utf8))
    }

    @Test("equal to a matcher that tries everything", arguments: Seed.first(200))
    func twin(seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<100 {
            let pattern = (0..<generator.below(8)).map { _ in
                generator.pick(Array("ab/*?**/[ab]![-]^\\".unicodeScalars))
            }
            let path = (0..<generator.below(8)).map { _ in generator.pick(Array("aab/b!-*".unicodeScalars)) }
            let expected = Twin.matches(pattern[...], path[...])
            let glob = Glob(String(String.UnicodeScalarView(pattern)))
            let found = glob.matches(String(String.UnicodeScalarView(path)).utf8)
            #expect(found == expected, "\(glob.pattern) \(path)")
        }
    }

    @Test("a pattern made to be slow is not")
    func slow() {
        let glob = Glob(String(repeating: "**/*a", count: 200))
        #expect(!glob.matches(Array(repeating: 0x61, count: 2000) + [0x62]))
    }
}

/// Tries every way in which a pattern may match.
private enum Twin {
    typealias Text = ArraySlice<Unicode.Scalar>

    static func matches(_ pattern: Text, _ path: Text) -> Bool {
        guard let first = pattern.first else { return path.isEmpty }
        let rest = pattern.dropFirst()
        switch first {
        case "*":
            let after = pattern.drop { $0 == "*" }
            let stars = after.startIndex - pattern.startIndex
            let ends = path.startIndex...path.endIndex
            if stars == 1 {
                return ends.contains { end in !path[..<end].contains("/") && matches(after, path[end...]) }
            }
            guard after.first == "/" else { return ends.contains { matches(after, path[$0...]) } }
            return ends.contains { end in
                (end == path.startIndex || path[..<end].last == "/") && matches(after.dropFirst(), path[end...])
            }
        case "?": return path.first.map { $0 != "/" } ?? false && matches(rest, path.dropFirst())
        case "\\":
            guard let next = rest.first else { return path.elementsEqual(["\\"]) }
            return path.first == next && matches(rest.dropFirst(), path.dropFirst())
        case "[":
            var body = rest
            let isNegated = body.first == "!" || body.first == "^"
            if isNegated { body = body.dropFirst() }
            guard let close = body.indices.dropFirst().first(where: { isClose(body, $0) }) else {
                return path.first == "[" && matches(rest, path.dropFirst())
            }
            guard let scalar = path.first, scalar != "/" else { return false }
            return members(body[..<close], scalar) != isNegated && matches(body[(close + 1)...], path.dropFirst())
        default: return path.first == first && matches(rest, path.dropFirst())
        }
    }

    /// Whether the bracket at `index` closes the set, and is not the end of a range or its first character.
    private static func isClose(_ body: Text, _ index: Int) -> Bool {
        var place = body.startIndex
        while place < index {
            place += place + 2 < body.endIndex && body[place + 1] == "-" && body[place + 2] != "]" ? 3 : 1
        }
        return place == index && body[index] == "]"
    }

    private static func members(_ body: Text, _ scalar: Unicode.Scalar) -> Bool {
        var place = body.startIndex
        while place < body.endIndex {
            if place + 2 < body.endIndex, body[place + 1] == "-" {
                if body[place] <= body[place + 2], (body[place]...body[place + 2]).contains(scalar) { return true }
                place += 3
            } else {
                if body[place] == scalar { return true }
                place += 1
            }
        }
        return false
    }
}
