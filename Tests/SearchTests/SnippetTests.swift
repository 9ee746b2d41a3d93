import Model
import TestSupport
import Testing

@testable import Search

@Suite("Snippets")
struct SnippetTests {
    private func snippet(_ text: String, _ highlights: [Range<Int>], _ limit: Int) -> Hit.Snippet {
        Hit.Snippet(text, highlights: highlights, limit: limit)
    }

    @Test("a text that fits is shown whole")
    func whole() {
        let found = snippet("清华大学的一天", [0..<4], 7)
        #expect(found == Hit.Snippet(text: "清华大学的一天", start: 0, highlights: [0..<4]))
    }

    @Test("cut at the ends of sentences where they are near")
    func sentences() {
        let text = "昨天下了一夜的雨。清华大学今天开学。新生排着队，等了很久。"
        let found = snippet(text, [9..<13], 12)
        #expect(found.text == "清华大学今天开学。" && found.start == 9 && found.highlights == [0..<4])
        #expect(found.isCutBefore && found.isCutAfter)
        // A closing mark goes with its sentence.
        #expect(snippet("他说：“下雨了。”于是大家都回家去了，一路无话到天明", [2..<3], 12).text == "他说：“下雨了。”")
    }

    @Test("the part with the most that is distinct, then with the most, then the first")
    func best() {
        let filler = String(repeating: "某", count: 30)
        func place(_ parts: [String], of wanted: Set<String>) -> (String, [Range<Int>]) {
            var (text, ranges) = ("", [Range<Int>]())
            for part in parts {
                let start = text.unicodeScalars.count
                text += part
                if wanted.contains(part) { ranges.append(start..<text.unicodeScalars.count) }
            }
            return (text, ranges)
        }
        let (text, ranges) = place(["甲甲", "丁", "甲甲", filler, "甲甲", "丁", "乙乙", filler, "乙乙"], of: ["甲甲", "乙乙"])
        #expect(snippet(text, ranges, 10).text.contains("甲甲丁乙乙"))
        let (more, places) = place(["甲甲", filler, "甲甲", "丁", "甲甲", filler, "甲甲"], of: ["甲甲"])
        #expect(snippet(more, places, 10).text.contains("甲甲丁甲甲"))
        #expect(snippet(filler + "甲甲" + filler + "甲甲", [30..<32, 62..<64], 10).start < 30)
    }

    @Test("words of letters stay whole, and marks with what they stand on")
    func boundaries() {
        let english = snippet("international organizations recommended 清华 alternatives everywhere", [40..<42], 30)
        for word in english.text.split(separator: " ") {
            #expect(
                ["international", "organizations", "recommended", "清华", "alternatives", "everywhere"].contains(word)
            )
        }
        let accents = snippet(String(repeating: "中e\u{301}", count: 20), [30..<31], 10)
        #expect(accents.text.unicodeScalars.first != "\u{301}")
        #expect(!accents.text.hasSuffix("e") || accents.text.unicodeScalars.last == "\u{301}")
    }

    @Test("what matched is longer than the snippet")
    func longHighlight() {
        let found = snippet(String(repeating: "甲", count: 50), [10..<40], 12)
        #expect(found.text.count <= 12 && found.start >= 8 && found.highlights.count == 1)
    }

    @Test("any text: a part of it within the limit, with every highlight in its place", arguments: Seed.first(300))
    func anyText(seed: Seed) {
        var generator = seed.generator()
        let text = RandomText.text(upTo: 120, using: &generator)
        let scalars = Array(text.unicodeScalars)
        var highlights: [Range<Int>] = []
        var place = generator.below(20)
        while place < scalars.count {
            let end = min(scalars.count, place + 1 + generator.below(6))
            highlights.append(place..<end)
            place = end + 1 + generator.below(30)
        }
        let limit = 1 + generator.below(60)
        let found = snippet(text, highlights, limit)
        let shown = Array(found.text.unicodeScalars)
        let range = found.start..<found.start + shown.count
        #expect(shown.count <= limit || scalars.count <= limit)
        #expect(range.upperBound <= scalars.count && shown.elementsEqual(scalars[range]))
        #expect(
            found.isCutBefore == (range.lowerBound > 0) && found.isCutAfter == (range.upperBound < scalars.count))
        #expect(scalars.isEmpty || !shown.isEmpty)
        // Highlights are those of the text that reach in.
        var isMarked = [Bool](repeating: false, count: scalars.count)
        for place in highlights.joined() { isMarked[place] = true }
        var isShown = [Bool](repeating: false, count: shown.count)
        for place in found.highlights.joined() { isShown[place] = true }
        #expect(isShown == Array(isMarked[range]))
        #expect(zip(found.highlights, found.highlights.dropFirst()).allSatisfy { $0.upperBound < $1.lowerBound })
        // The best of what can be shown whole is, where all can: no other part holds more distinct text that matched.
        guard highlights.allSatisfy({ $0.count <= limit }) else { return }
        let held = Self.worth(highlights.filter { range.clamped(to: $0) == $0 }, scalars)
        let best = highlights.indices.map { first in
            Self.worth(
                highlights[first...].filter { $0.upperBound - highlights[first].lowerBound <= limit }, scalars)
        }.max()
        #expect(held >= best ?? 0)
    }

    /// Scalars of the distinct texts in some ranges.
    private static func worth(_ ranges: [Range<Int>], _ scalars: [Unicode.Scalar]) -> Int {
        Set(ranges.map { Array(scalars[$0]) }).reduce(0) { $0 + $1.count }
    }
}
