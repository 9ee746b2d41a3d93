import Articles
import Model
import TestSupport
import Testing

/// Whatever a file holds, it gives articles or an error that names the file; nothing traps.
@Suite("Any bytes")
struct AnyBytesTests {
    private static let good: [String: String] = [
        "a.txt": "\u{FEFF}标题\r\n\r\n\u{3000}第一段，(tuán)隊。\n second line \r第三段 😀\n",
        "a.md": """
        ---
        title: "甲"
        date: 2024-01-01
        ---
        # 标题

        段落 **粗** `码`
        第二行 &amp; <b>

        - 项
          > 引

        | 甲 | 乙 |
        |----|:--:|
        | 丙 | 丁 |

        ```
        码
        ```
        [链]: /x "y"
        """,
        "a.jsonl": """
        {"id":"1","title":"甲","text":"一\\n\\u56e2\\ud842\\udfb7 二\\t","x":[1,{"a":null},-2e5]}
        {"id":2,"date":"2024","text":" 三 \\"四\\" "}

        {"text":"五","id":"3","y":true}
        """,
    ]

    @Test("mutations of good files", arguments: ["a.txt", "a.md", "a.jsonl"], Seed.first(40))
    func mutations(name: String, seed: Seed) throws {
        var generator = seed.generator()
        let good = Array(try #require(Self.good[name]).utf8)
        for _ in 0..<15 { check(RandomBytes.mutation(of: good, using: &generator), name, seed) }
    }

    @Test(
        "mutations of good files in other encodings, read as what they look like or are said to be",
        arguments: ["a.txt", "a.md", "a.jsonl"], Seed.first(20))
    func encodedMutations(name: String, seed: Seed) throws {
        var generator = seed.generator()
        let text = try #require(Self.good[name]).unicodeScalars.filter {
            $0 != "\u{FEFF}" && $0 != "á" && $0 != "😀"
        }
        for encoding in FileEncoding.allCases {
            let some = encoding.encode(String(String.UnicodeScalarView(text)))
            guard let good = some ?? encoding.encode("中文\n# 中文") else { continue }
            for _ in 0..<3 {
                let asked = generator.pick([nil, EncodingName(encoding.reported), .gb18030, .utf16, .utf8])
                let options = DecodingOptions(encoding: asked, isStrict: generator.once(in: 4))
                check(RandomBytes.mutation(of: good, using: &generator), name, seed, options)
            }
        }
    }

    @Test("noise", arguments: ["a.txt", "a.md", "a.jsonl"], Seed.first(40))
    func noise(name: String, seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<15 { check(RandomBytes.noise(upTo: 200, using: &generator), name, seed) }
    }

    @Test("every prefix of a good file", arguments: ["a.txt", "a.md", "a.jsonl"])
    func prefixes(name: String) throws {
        let good = Array(try #require(Self.good[name]).utf8)
        for count in 0...good.count { check(Array(good[..<count]), name, Seed(0)) }
    }

    private func check(_ bytes: [UInt8], _ name: String, _ seed: Seed, _ options: DecodingOptions = .init()) {
        do {
            let file = try ReadFile(bytes, as: name, options)
            for article in file.articles where !article.isSound(fileSize: bytes.count) {
                Issue.record("an article is not sound: \(bytes), \(seed)")
            }
            for problem in file.problems where !problem.concernsOneLine && !problem.isWarning {
                Issue.record("\(problem) should have been thrown: \(bytes), \(seed)")
            }
            if file.contentHash == nil { Issue.record("no content hash: \(bytes), \(seed)") }
            var ids: Set<[UInt8]> = []
            for article in file.articles where !ids.insert(article.id).inserted {
                Issue.record("an id was given twice: \(bytes), \(seed)")
            }
        } catch let error as ArticlesError {
            if !error.path.bytes.ends(with: name.utf8) { Issue.record("\(error) names another file") }
        } catch {
            Issue.record("\(error) is no ArticlesError")
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with other: some BidirectionalCollection<UInt8>) -> Bool {
        reversed().starts(with: other.reversed())
    }
}
