import TestSupport
import Testing

@Suite("JSONL files with something wrong")
struct BadJSONLinesTests {
    @Test("a bad line is reported with its number, and the other lines are indexed")
    func badLines() {
        let lines = [
            #"{"id":"a","text":"清华大学甲"}"#, #"{"id":"b","text":"清华大学乙""#, #"["清华大学"]"#,
            #"{"text":"清华大学丙"}"#, #"{"id":"d"}"#, #"{"id":["f"],"text":"清华大学戊"}"#, "",
            #"{"id":"h","text":"清华大学庚","other":[1,{"x":null}]}"#, #"{"id":"","text":"清华大学"}"#,
            #"{"id":"j","title":7,"text":"清华大学"}"#, #"{"id":"k","date":[],"text":"清华大学"}"#,
            #"{"id":"l","text":["清华大学"]}"#,
        ]
        let playground = Playground([("articles/新闻.jsonl", lines.joined(separator: "\n"))])
        let run = playground.run("index", "articles")
        #expect(run.ending == .status(2) && run.output.isEmpty)
        let problems = run.errorLines.filter { $0.hasPrefix("suoyin: ") }
        let expected = [
            (2, "not valid JSON"), (3, "not a JSON object"), (4, #"no "id""#), (5, #"no "text""#),
            (6, #""id" must be a string or a number"#), (9, #""id" is empty"#), (10, #""title" must be a string"#),
            (11, #""date" must be a string or a number"#), (12, #""text" must be a string"#),
        ]
        #expect(problems.count == expected.count)
        for (problem, (line, reason)) in zip(problems, expected) {
            #expect(problem.contains("articles/新闻.jsonl:\(line): ") && problem.contains(reason))
            #expect(problem.contains("line skipped"))
        }
        #expect(playground.places("清华大学", "--mode", "exact") == ["a#1", "h#1"])
        #expect(run.errorLines.last?.hasPrefix("files: 1 added") == true)
    }

    @Test("a line with bytes that are not UTF-8")
    func notUTF8() {
        let playground = Playground()
        let text = Array(#"{"id":"a","text":"清华大学"}"#.utf8)
        playground.directory.write(
            text + [0x0A] + Array(#"{"id":"b","text":""#.utf8) + [0xC7, 0xE5, 0x22, 0x7D, 0x0A], to: "新闻.jsonl")
        let run = playground.run("index", "新闻.jsonl")
        #expect(run.ending == .status(0))
        #expect(run.errorText.contains("新闻.jsonl: 2 bytes are not UTF-8, at byte \(text.count + 1 + 18);"))
        #expect(playground.places("清华大学") == ["a#1"])
        #expect(playground.run("index", "--strict", "新闻.jsonl").ending == .status(2))
        #expect(playground.places("清华大学") == ["a#1"])
    }

    @Test("an id given twice in one file: the second line is refused, with its number")
    func duplicates() {
        let playground = Playground([
            (
                "新闻.jsonl",
                #"{"id":"a","text":"清华大学"}"# + "\n" + #"{"id":"b","text":"清华大学"}"# + "\n"
                    + #"{"id":"a","text":"清华大学开学"}"# + "\n"
            )
        ])
        #expect(playground.run("index", "新闻.jsonl").failed(#"新闻.jsonl:3: id "a" was given on line 1"#))
        #expect(playground.places("清华大学") == ["a#1", "b#1"])
        #expect(playground.places("开学", "--mode", "exact") == [])
    }

    @Test("an id in two files: a warning, and both are found")
    func sharedID() {
        let line = #"{"id":"a","text":"清华大学"}"#
        let playground = Playground([("articles/一.jsonl", line), ("articles/二.jsonl", line)])
        let run = playground.run("index", "articles")
        #expect(run.ending == .status(0) && run.output.isEmpty)
        #expect(run.errorText.hasPrefix("suoyin: warning: "))
        for part in [#"article id "a""#, "articles/一.jsonl", "articles/二.jsonl"] {
            #expect(run.errorLines.first?.contains(part) == true)
        }
        #expect(
            playground.hits("清华大学")?.map { $0["article"]["path"].string } == [
                "articles/一.jsonl", "articles/二.jsonl",
            ])
    }

    @Test("an id in two files that are indexed one after the other")
    func sharedIDLater() {
        let line = #"{"id":"a","text":"清华大学"}"#
        let playground = Playground([("一.jsonl", line), ("二.jsonl", line)])
        #expect(playground.run("index", "一.jsonl").ending == .status(0))
        let run = playground.run("index", "二.jsonl")
        #expect(run.ending == .status(0))
        #expect(playground.places("清华大学") == ["a#1", "a#1"])
        #expect(run.errorText.hasPrefix("suoyin: warning: ") && run.errorText.contains("; both are indexed"))
    }

    @Test("an id in a file that was moved, and where it was")
    func sharedIDMoved() {
        let playground = Playground([("旧/一.txt", "清华大学")])
        #expect(playground.run("index", "旧").ending == .status(0))
        playground.directory.remove("旧/一.txt")
        playground.directory.remove("旧")
        playground.write("清华大学", to: "新/一.txt")
        let run = playground.run("index", "新")
        #expect(run.ending == .status(0))
        #expect(run.errorText.contains("一.txt; that file is gone: if it was moved, `suoyin remove` takes it out"))
    }

    @Test("control characters of an id cannot get into a message")
    func hostileID() {
        let line = #"{"id":"a\u001b[31m\u009b\u202e","text":"清华大学"}"# + "\n"
        let playground = Playground([("新闻.jsonl", line + line)])
        let run = playground.run("index", "新闻.jsonl")
        #expect(run.ending == .status(2))
        #expect(!run.errorText.unicodeScalars.contains { ["\u{1B}", "\u{9B}", "\u{202E}"].contains($0) })
    }
}
