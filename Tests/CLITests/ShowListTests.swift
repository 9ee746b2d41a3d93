import TestSupport
import Testing

@Suite("show, list and status --json")
struct ShowListTests {
    private static func indexed() -> Playground {
        let playground = Playground(Playground.articles)
        playground.write(
            #"{"id":"n1","text":"另一份快讯。"}"# + "\n" + #"{"id":"空","text":""}"# + "\n", to: "articles/再.jsonl")
        playground.write(
            #"{"id":"a#2","text":"名字像段号。"}"# + "\n" + #"{"id":"\t\u001b[31m","text":"坏名字"}"# + "\n",
            to: "articles/名.jsonl")
        playground.run("index", "articles")
        return playground
    }

    @Test("show: paragraphs, neighbours, whole articles", arguments: ["text", "jsonl"])
    func show(format: String) {
        let playground = Self.indexed()
        // The index has the text.
        playground.directory.remove("articles/大学.txt")
        var transcript = Transcript(playground)
        transcript.run("show", "大学.txt#2", "--format", format)
        transcript.run("show", "大学.txt#2", "-C", "1", "--format", format)
        transcript.run("show", "大学.txt#3", "n2#1", "--context", "9", "--format", format)
        transcript.run("show", "大学.txt", "--format", format)
        transcript.run("show", "notes/模型.md", "--format", format)
        transcript.run("show", "a#2", "a#2#1", "--format", format)
        transcript.run("show", "n1#1", "--path", "再.jsonl", "--format", format)
        transcript.compare("show-\(format)")
    }

    @Test("show: a name that is an article and a paragraph of another is the paragraph, and it is said")
    func twoMeanings() {
        let playground = Playground([
            ("a.jsonl", #"{"id":"a","text":"第一段\n\n第二段"}"# + "\n" + #"{"id":"a#2","text":"另一篇"}"# + "\n")
        ])
        playground.run("index", "a.jsonl")
        let paragraph = playground.run("show", "a#2")
        #expect(paragraph.status == 0 && paragraph.outputText.contains("第二段"))
        #expect(!paragraph.outputText.contains("另一篇"))
        #expect(paragraph.errorText.hasPrefix("suoyin: a#2 is an article, too; its paragraphs are a#2#1 and so on"))
        let article = playground.run("show", "a#2#1")
        #expect(article.outputText.contains("另一篇") && article.errorText.isEmpty)
        #expect(playground.run("show", "a#1").errorText.isEmpty)
        // The note speaks of what the same options would show.
        playground.write(#"{"id":"a","text":"一段"}"#, to: "b.jsonl")
        playground.write(#"{"id":"a#1","text":"第三篇"}"#, to: "c.jsonl")
        playground.run("index", "b.jsonl", "c.jsonl")
        #expect(playground.run("show", "a#1", "--path", "b.jsonl").errorText.isEmpty)
        // No paragraph of a, but an article.
        playground.write(#"{"id":"a#9","text":"第九篇"}"#, to: "c.jsonl")
        playground.run("index", "c.jsonl")
        let other = playground.run("show", "a#9", "--path", "a.jsonl", "--path", "c.jsonl")
        #expect(other.status == 0 && other.outputText.contains("第九篇") && other.errorText.isEmpty)
        let none = playground.run("show", "a#8", "--path", "a.jsonl")
        #expect(none.status == 1 && none.errorText.contains("the article has 2 paragraphs"))
    }

    @Test("show: what is not there, and what is there twice; the others are shown")
    func showErrors() {
        var transcript = Transcript(Self.indexed())
        transcript.run("show", "没有")
        transcript.run("show", "没有", "n2#1", "n2#2", "n2#0", "n2#99999999999999999999")
        transcript.run("show", "n1#1", "n2#1")
        transcript.run("show", "空")
        transcript.run("show", "n1", "--path", "articles/短讯.jsonl")
        transcript.run("show", "n1", "--path", "别的.jsonl")
        transcript.run("show")
        transcript.run("show", "n1", "-C", "-1")
        transcript.run("show", "n1", "--index", "none")
        transcript.compare("show-errors")
    }

    @Test("list: every format and filter")
    func list() {
        var transcript = Transcript(Self.indexed())
        for format in ["text", "jsonl", "tsv", "paths"] { transcript.run("list", "--format", format) }
        transcript.run("list", "--path", "*.jsonl", "--since", "2024", "--format", "tsv")
        transcript.run("list", "--title", "一天")
        transcript.run("list", "--until", "1999")
        transcript.run("list", "--article", "没有", "--article", "也没有")
        transcript.run("list", "--article", "没有", "--format", "tsv")
        transcript.run("list", "--title", "，")
        transcript.run("list", "-0")
        transcript.run("list", "--index", "none")
        transcript.compare("list")
    }

    @Test("list: beyond a part, every article once, in the order of ids; of several indexes, too")
    func manyArticles() {
        let playground = Playground()
        let lines = (0..<2345).map { #"{"id":"\#($0)","text":"第\#($0)篇"}"# }
        playground.write(lines[..<2000].joined(separator: "\n") + "\n", to: "a/一.jsonl")
        playground.write(lines[2000...].joined(separator: "\n") + "\n", to: "b/二.jsonl")
        playground.run("index", "a", "--index", "one")
        playground.run("index", "b", "--index", "two")
        let list = playground.run("list", "--format", "tsv", "--index", "one", "--index", "two")
        let ids = list.outputLines.map { line in String(line.prefix { $0 != "\t" }) }
        #expect(ids == (0..<2345).map { "\($0)" }.sorted())
        let paths = playground.run("list", "--format", "paths", "-0", "--index", "two", "--index", "one")
        let names = Set(paths.output.split(separator: 0).map { String(decoding: $0, as: UTF8.self) })
        #expect(names == ["a/一.jsonl", "b/二.jsonl"])
        #expect(playground.run("show", "2100#1", "--index", "one", "--index", "two").outputText.contains("第2100篇"))
    }

    @Test("status --json says what status does")
    func status() throws {
        let playground = Self.indexed()
        let json = try #require(StrictJSON(playground.run("status", "--json").output.dropLast()))
        let lines = playground.run("status").outputLines
        for (name, label) in [
            ("files", "files"), ("articles", "articles"), ("paragraphs", "paragraphs"), ("segments", "segments"),
            ("commit", "commit"), ("deleted_articles", "deleted articles"),
        ] {
            let number = try #require(json[name].integer)
            let line = label + String(repeating: " ", count: 18 - label.count) + "\(number)"
            #expect(lines.contains(line), "\(name)")
        }
        #expect(json["type"].string == "status" && json["is_current"] == .bool(true))
        #expect(try #require(json["bytes"].integer) > 0 && json["unread_files"].integer == 0)
        #expect(try #require(json["index"].string).hasSuffix("Index"))
    }
}
