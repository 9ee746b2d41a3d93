import TestSupport
import Testing

@Suite("what is said of damage, word for word")
struct DamageMessageTests {
    /// An index at another place than the default, of which an article was deleted.
    private func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        playground.run("index", "articles", "--index", "places/one")
        playground.directory.remove("articles/notes/模型.md")
        playground.run("index", "articles", "--index", "places/one")
        return playground
    }

    private func cut(_ name: String, by count: Int, _ playground: Playground) {
        let bytes = playground.directory.read("places/one/" + name)
        playground.directory.write(bytes.dropLast(count), to: "places/one/" + name)
    }

    @Test("advice names the index; a file that is cut short is one problem")
    func cutShort() {
        var transcript = Transcript(indexed())
        for name in [
            "segment-1.terms", "segment-1.paragraphs", "segment-1.articles", "segment-1.postings", "sources-2",
        ] {
            let playground = transcript.playground
            let sound = playground.directory.read("places/one/" + name)
            cut(name, by: 30, playground)
            transcript.run("check", "--index", "places/one")
            transcript.run("search", "清华大学", "--index", "places/one")
            playground.directory.write(sound, to: "places/one/" + name)
        }
        transcript.playground.directory.remove("places/one/segment-1.postings")
        transcript.run("search", "清华大学", "--index", "places/one")
        transcript.run("status", environment: ["SUOYIN_INDEX": "places/one"])
        transcript.compare("damage-cut")
    }

    @Test("which articles are deleted, lost: the text is not")
    func lostDeletions() {
        let playground = indexed()
        for name in ["segment-1.live-2", "segment-1.live-2.copy"] {
            playground.directory.remove("places/one/" + name)
        }
        var transcript = Transcript(playground)
        transcript.run("check", "--index", "places/one")
        transcript.run("check", "--repair", "--index", "places/one")
        transcript.run("search", "清华大学", "--format", "paths", "--index", "places/one")
        transcript.run("status", "--index", "places/one")
        transcript.compare("damage-live")
    }

    @Test("what is no index is not repaired, and nothing is left in it")
    func noIndex() {
        let playground = Playground(Playground.articles)
        playground.write("清华", to: "file")
        let names = playground.directory.names(in: "articles")
        var transcript = Transcript(playground)
        for place in ["articles", "none", "file"] { transcript.run("check", "--repair", "--index", place) }
        transcript.compare("damage-none")
        #expect(playground.directory.names(in: "articles") == names)
        #expect(!playground.directory.exists("none"))
    }

    @Test("ids given again: the first ones, and how many more")
    func repeatedIDs() {
        func lines(_ ids: [Int]) -> String {
            ids.map { #"{"id":"n\#($0)","text":"第\#($0)条"}"# + "\n" }.joined()
        }
        let playground = Playground([
            ("articles/一.jsonl", lines(Array(0..<30) + Array(0..<30) + [7])),
            ("articles/二.jsonl", lines(Array(3..<30))), ("articles/三.jsonl", lines([1, 2, 3])),
        ])
        var transcript = Transcript(playground)
        transcript.run("index", "articles")
        playground.write(lines(Array(0..<9)), to: "later/四.jsonl")
        transcript.run("index", "later")
        transcript.compare("repeated-ids")
    }
}
