import Model
import TestSupport
import Testing

import Articles

@Suite("Hard-wrapped text")
struct HardWrapTests {
    private static let prose = """
        县图书馆的地下室里有一台旧印刷机，管理员老周每年清明前后给它上一次油。他说机器和人一样，不动就会忘记怎么动。去年冬天来了两个做数据的年轻人，\
        想把馆里的地方志全部扫描出来，做成可以检索的文本。他们带来的软件叫Suoyin，据说能在几毫秒里从三百万字里找出一个人名。老周不信，随口报了一个\
        民国时候的河工名字，屏幕上立刻跳出七段。
        """

    private func columns(_ text: some StringProtocol) -> Int {
        text.unicodeScalars.reduce(0) { $0 + DisplayWidth.columns(of: $1.value) }
    }

    /// Cuts a text as an editor does, marks at line starts avoided.
    private func wrap(_ text: String, at width: Int, indent: String = "") -> [String] {
        var lines: [String] = []
        var line = indent
        for character in text {
            let piece = String(character)
            if columns(line) + columns(piece) > width, !"，。、；：！？”》".contains(character) {
                lines.append(line)
                line = ""
            }
            line += piece
        }
        return lines + [line]
    }

    private func paragraphs(_ lines: [String], lineEnd: String = "\n") throws -> [String] {
        let file = try ReadFile(lines.joined(separator: lineEnd), as: "a.txt")
        let article = try #require(file.articles.first)
        for (paragraph, text) in zip(article.paragraphs, article.texts) { #expect(file.source(paragraph) == text) }
        return article.texts
    }

    private func joined(_ paragraph: String) -> String {
        String(paragraph.filter { !$0.isWhitespace })
    }

    @Test(
        "lines cut at a width are joined, paragraphs by blank lines",
        arguments: [40, 60, 72, 76, 80], ["\n", "\r\n", "\r"])
    func blankLines(width: Int, lineEnd: String) throws {
        let lines = ["标题"] + [""] + wrap(Self.prose, at: width) + ["", ""] + wrap(Self.prose + "又一段。", at: width)
        let found = try paragraphs(lines, lineEnd: lineEnd)
        #expect(found.map(joined) == ["标题", Self.prose, Self.prose + "又一段。"])
    }

    @Test("paragraphs by white space in front of their first line", arguments: ["\u{3000}\u{3000}", "    "])
    func indented(indent: String) throws {
        let texts = [Self.prose, String(Self.prose.dropFirst(50)), String(Self.prose.dropFirst(20))]
        let found = try paragraphs(texts.flatMap { wrap($0, at: 72, indent: indent) })
        #expect(found.map(joined) == texts)
    }

    @Test("words of Latin letters wrap as wholes")
    func latin() throws {
        let text = "The quick brown fox jumps over the lazy dog and then it goes home to sleep for a long while. "
        var lines: [String] = []
        var line = ""
        for word in (text + text + text).split(separator: " ") {
            if columns(line) + word.count + 1 > 60 {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        try #expect(paragraphs(lines + [line]).count == 1)
    }

    @Test("one line a paragraph stays so")
    func linesAreParagraphs() throws {
        var generator = Seed(3).generator()
        let sentences = Self.prose.split(separator: "。").map { $0 + "。" }
        for _ in 0..<50 {
            let lines = (0..<12).map { _ in
                (0..<1 + generator.below(3)).map { _ in String(generator.pick(sentences)) }.joined()
            }
            try #expect(paragraphs(lines) == lines)
        }
    }

    @Test("a line too long to be cut does not hide the width, and long paragraphs are none")
    func longLines() throws {
        let address = "https://example.org/" + String(repeating: "tushuguan/", count: 12)
        let lines = wrap(Self.prose, at: 60) + [address] + wrap(Self.prose, at: 60)
        #expect(try paragraphs(lines).count <= 3)
        let long = (1...12).map { String(Self.prose.dropFirst($0)) + Self.prose }
        let short = (1...3).map { String(Self.prose.prefix(58 + $0 % 2)) }
        let mixed = zip(long, long.indices).flatMap { line, index in
            index % 4 == 1 ? [line, short[index / 4]] : [line]
        }
        #expect(try paragraphs(mixed) == mixed)
    }

    @Test("verse, lists and tables stay as they are")
    func shortLines() throws {
        let verse = ["床前明月光", "疑是地上霜", "举头望明月", "低头思故乡", "白日依山尽", "黄河入海流", "欲穷千里目", "更上一层楼"]
        try #expect(paragraphs(verse) == verse)
        let couplets = verse.map { $0 + "，" + $0 + "，" + $0 + "，" + $0 + "。" }
        try #expect(paragraphs(couplets) == couplets)
        let list = (1...30).map {
            "第\($0)条　关于印发某某县某某局某某办法的通知（\(1000 + $0 * $0)号）" + String(repeating: "附", count: $0 % 7)
        }
        try #expect(paragraphs(list) == list)
    }

    @Test("a line that stands out does not keep the others apart")
    func wideLine() throws {
        let address = "https://www.example.org/2024/05/an-address-that-is-wider-than-the-text-it-stands-in.html"
        let lines = wrap(Self.prose, at: 60)
        try #expect(paragraphs(lines + [address] + lines).map(joined) == [Self.prose, address, Self.prose])
        try #expect(paragraphs([address, ""] + lines).map(joined) == [address, Self.prose])
    }

    @Test(
        "lines of one length that are paragraphs each stay so",
        arguments: [
            (1...8).map { "\($0). 打开第\($0)道闸门，等水位降到红线以下。然后记录读数和时间" },
            ["一", "二", "三", "四", "五", "六"].map { $0 + "、打开上游的闸门，等水位降到红线以下。然后记录读数" },
            ["①", "②", "③", "④", "⑤", "⑥"].map { $0 + "打开上游的闸门，等水位降到红线以下。然后记录读数吧" },
            (1...6).map { "第\($0)条　打开上游的闸门，等水位降到红线以下。然后记录读数" },
            (1...6).map { "- 打开第\($0)道闸门，等水位降到红线以下。然后记录读数和时间" },
            (1...6).map { ($0 % 2 == 0 ? "甲" : "记者") + "：打开第\($0)道闸门，等水位降到红线以下。然后怎么办" },
            (1...8).map { "2024-05-06 10:0\($0):00 INFO 闸门\($0)打开。水位\($0)米，读数已经记录" },
            (1...8).map { "闸门\($0)\t上游水位\($0 * 3)米\t下游水位\($0 * 2)米。流量正常\t值班员老周" },
            [
                "县图书馆明年春天闭馆改造阅览面积增加一倍", "河工名册扫描完成三百万字可以逐字检索查找", "地下室旧印刷机重新开动管理员每年清明上油",
                "两名年轻人把地方志全部做成可检索的文本", "老站台拆除之前居民自发前往拍照合影留念", "寒潮明天抵达本县气温将下降十二度左右",
            ],
            [
                "The county library will close next spring", "The gate upstream opens to the public in May",
                "The old printing press is going to be moved", "All schools begin their winter break early",
                "A famous soy milk shop has opened once again",
            ],
        ])
    func itemsOfOneLength(lines: [String]) throws {
        try #expect(paragraphs(lines) == lines)
    }

    @Test("numbers and colons in prose begin no items")
    func noItems() throws {
        let lines = [
            "老周说这台机器一年要用掉机油大约两公斤。今年的机油贵了，涨到了",
            "3.5元一两，他就只买了一半。剩下的他用去年攒下来的旧油对付，反正",
            "10:30之前没有人来地下室。两个年轻人不信，他们问他什么时候来的，",
            "他说：我来的时候你们还没有出生。年轻人就笑了，说那可不一定，他们",
            "30岁了，只是看着年轻。",
        ]
        try #expect(paragraphs(lines).count == 1)
    }
}
