import Model
import TestSupport
import Testing

@testable import Tokenizer

@Suite("Healing")
struct HealingTests {
    private let analyzer: Analyzer

    init() throws { analyzer = try Analyzer() }

    /// The units of the healed reading, words in brackets, barriers as bars; of the plain one where both are the same.
    private func healed(_ text: String) throws -> String {
        let plain = try analyzer.analyze(text.utf8, words: false)
        let analysis = try analyzer.heal(text.utf8, plain: plain, words: false) ?? plain
        return Self.row(analysis)
    }

    private static func row(_ analysis: Analysis) -> String {
        analysis.units.map { unit in
            switch unit.kind {
            case .han: analysis.text(unit.start, unit.end)
            case .word: "[\(analysis.text(unit.start, unit.end))]"
            case .barrier: "|"
            }
        }.joined()
    }

    private func noise(_ text: String) throws -> [Noise.Kind] {
        let plain = try analyzer.analyze(text.utf8, words: false)
        return try analyzer.heal(text.utf8, plain: plain, words: false)?.noise.map(\.kind) ?? []
    }

    @Test(
        "joins torn words",
        arguments: [
            ("AI L ab", "[ai][lab]"), ("A I L a b重组", "[ai][lab]重组"), ("A I Lab", "[ai][lab]"),
            ("用I nstagram，", "用[instagram]|"),
            ("K im i被", "[kimi]被"), ("目前Ki mi 、豆包", "目前[kimi]|豆包"), ("70 0 0万", "[7000]万"), ("390 0萬", "[3900]万"),
            ("从4 0%左右", "从[40]|左右"), ("G PT模型", "[gpt]模型"), ("D eepSeek发布", "[deepseek]发布"),
            ("用p ython写", "用[python]写"), ("网速wor ld级", "网速[world]级"), ("I nput", "[input]"),
            ("Y ouTube", "[youtube]"), ("'A I时代'", "|[ai]时代|"), ("A\u{A0}I\u{3000}时代", "[ai]时代"),
            ("A B C三组", "[abc]三组"),
        ])
    func torn(text: String, expected: String) throws { #expect(try healed(text) == expected) }

    @Test(
        "leaves words that stand apart",
        arguments: [
            "a AI", "AI Lab", "all in one", "News Republic", "Luma AI发布", "Dream Machine 4天", "App Growing",
            "Plan B is",
            "to be or not to be", "I am", "in to", "Windows 11", "iPhone 15 Pro", "GPT 4", "2024 11 13", "1 2 3 4",
            "hello world",
            "the quick brown fox", "TV show", "USB C", "every day", "go on", "Li Na", "Beijing Daxue", "html css",
            "第 3 次", "3 000 5",
            "x=1 y=2", "Type C", "sudo cp", "git rm", "man dstat", "sudo nmap", "Parfums de Marly",
            "立陶宛 5 4 1 10德国",
            "it's role", "it’s role", "I can't a word", "I’ll announce", "you'll still", "that's a", "for i",
            "ls -t setup", "Model e-2", "with wxWidgets", "cd initdockerapp",
            "x package",
        ])
    func healthy(text: String) throws {
        let reading = try healed(text)
        #expect(try noise(text) == [], "\(reading)")
    }

    @Test("joins torn Han words in every reading")
    func han() throws {
        #expect(Self.row(try analyzer.analyze("人 工 智 能".utf8, words: false)) == "人工智能")
        #expect(try noise("人 工 智 能") == [])
    }

    @Test(
        "drops glosses with tone digits, without tones, and of several syllables",
        arguments: [
            ("团(tuan2)队", "团队"), ("团（tuan2）队", "团队"), ("团(tuan)队", "团队"), ("北京(Běijīng)人", "北京人"),
            ("北京(Beijing)人", "北京人"),
            ("北京（Bei jing）人", "北京人"), ("北京(bei3 jing1)人", "北京人"), ("西安(Xī'ān)城", "西安城"), ("旅(lǚ)行", "旅行"),
            ("旅(lu)行", "旅行"),
            ("A(yu4)I", "[ai]"), ("A(yù)I", "[ai]"), ("Ā(ā)", "[ā]"),
        ])
    func glosses(text: String, expected: String) throws { #expect(try healed(text) == expected) }

    @Test(
        "keeps what only looks like a gloss",
        arguments: [
            "团(dui)队", "函数f(a1)值", "他(he)说", "模型(model)好", "人工智能(AI)", "(tuan2)队", "团(tuan6)队", "团(tuan2队", "团()队",
            "团(2)队",
            "苹果(apple)", "x(1)", "国(guo2)(guo2)x(y",
        ])
    func brackets(text: String) throws {
        let kinds = try noise(text)
        // The last of the cases has one gloss; its second bracket follows no character.
        let reading = try healed(text)
        #expect(kinds == (text.hasPrefix("国") ? [.gloss] : []), "\(reading)")
    }

    @Test(
        "reads tags and character references as barriers",
        arguments: [
            ("了。</p>此外", "了|此外"), ("字节</p>跳动", "字节|跳动"), ("一<br/>二", "一|二"), ("一<a href=\"x>y\">二</a>三", "一|二|三"),
            ("一<!-- a b -->二", "一|二"), ("一&nbsp;二", "一|二"), ("一&nbsp二", "一|二"), ("一&ldquo;二", "一|二"),
            ("字&#33410;跳", "字节跳"),
            ("字&#x8282;跳", "字节跳"), ("一&#8220;二", "一|二"), ("一<o:p></o:p>二", "一|二"), ("A</p>B", "[a]|[b]"),
            ("A&amp;B", "[a]|[b]"),
        ])
    func markup(text: String, expected: String) throws { #expect(try healed(text) == expected) }

    @Test(
        "keeps angle brackets that are no tags",
        arguments: ["a<b", "Array<T>值", "<stdio.h>", "1<2>0", "<", "<p", "&", "&&", "R&D", "&#;", "<p<p"])
    func angles(text: String) throws { #expect(try noise(text) == []) }

    @Test(
        "drops hashes stuck to text",
        arguments: [
            ("AI Lt4HYE7h+ZqNNK7Qtbo2zruU06OaXBUIJknpSYhg9jFo=ab在字节", "[ai][lab]在字节"),
            ("字节d41d8cd98f00b204e9800998ecf8427e跳动", "字节跳动"),
            ("字节d41d8cd98f00b204跳动", "字节跳动"), ("Logd41d8cd98f00b204e9800998ecf8427exyz", "[logxyz]"),
        ])
    func hashes(text: String, expected: String) throws {
        #expect(try healed(text) == expected)
        #expect(try noise(text).contains(.hash))
    }

    @Test(
        "keeps hashes that stand for themselves, and long words",
        arguments: [
            "见 d41d8cd98f00b204e9800998ecf8427e 。", "internationalization", "Donaudampfschifffahrt",
            "1234567890123456万",
            "密码是：QmFzZTY0IHRleHQ4=。",
        ])
    func ownHashes(text: String) throws { #expect(try noise(text) == []) }

    @Test("drops control characters, and joins words over line ends")
    func controls() throws {
        #expect(try healed("字\u{1}节\u{7F}跳\u{85}动") == "字节跳动")
        #expect(try healed("字\u{9D}节") == "字节")
        #expect(try healed("字\u{FFF9}节") == "字节")
        #expect(try healed("用Insta-\ngram发") == "用[instagram]发")
        #expect(try healed("用Insta\ngram发") == "用[instagram]发")
        #expect(try healed("the quick\nbrown fox") == "[the][quick][brown][fox]")
        #expect(try healed("闭馆改\n> 造") == "闭馆改造")
        #expect(try healed("闭馆改\r\n>> > 造\n>用") == "闭馆改造用")
        #expect(try healed("one\n> two") == "[one][two]")
        #expect(try noise("甲 > 乙\n丙 > 丁") == [])
        #expect(try healed("字\u{200B}节\u{AD}") == "字节")
    }

    @Test(
        "takes time linear in the length of a line", .timeLimit(.minutes(1)),
        arguments: [
            ("1 ", "1万"), ("a/", "a="), ("aB1/", "+="), ("abc123", "g"), ("g0123456789abcdef0123456789abcdef", "g"),
            ("a ", "B"), ("A I L ", "ab"), ("中(yu", ")"), ("<p \"", ">"), ("&#1", ";"),
        ])
    func longLines(unit: String, end: String) throws {
        let bytes = Array(("g" + String(repeating: unit, count: 600_000 / unit.utf8.count) + end).utf8)
        unsafe bytes.withUnsafeBufferPointer { buffer in
            var finder = unsafe NoiseFinder(buffer, readings: analyzer.readings)
            _ = finder.find()
        }
    }

    @Test("leaves the plain reading as it is, and every unit where it came from", arguments: Seed.first(60))
    func properties(seed: Seed) throws {
        var generator = seed.generator()
        let pieces = [
            "A ", "I ", "nstagram", "ab ", "团", "(tuan)", "(tuán)", "（", "</p>", "<a ", ">", "&nbsp;", "&#20013;",
            "\u{1}", "7 ", "0", "%",
            "d41d8cd98f00b204e9800998ecf8427e", "=", "\n", "-\n", "é", "e\u{301}", "\u{200D}", "𠮷", "ﬀ", "か",
            "\u{FFF9}", " ", "+/", "Lab",
        ]
        for _ in 0..<60 {
            let text =
                generator.once(in: 4)
                ? RandomText.text(upTo: 60, using: &generator)
                : (0..<generator.below(24)).map { _ in generator.pick(pieces) }.joined()
            let bytes = Array(text.utf8)
            let plain = try analyzer.analyze(bytes, words: false)
            let finder = unsafe bytes.withUnsafeBufferPointer { buffer in
                var finder = unsafe NoiseFinder(buffer, readings: analyzer.readings)
                return finder.find()
            }
            var end = 0
            for noise in finder {
                #expect(
                    noise.bytes.lowerBound >= end && !noise.bytes.isEmpty && noise.bytes.upperBound <= bytes.count)
                end = noise.bytes.upperBound
            }
            guard let healed = try analyzer.heal(bytes, plain: plain) else { continue }
            #expect(Self.row(healed) != Self.row(plain), "\(text.debugDescription)")
            var start = 0
            for index in healed.units.indices {
                let range = healed.sourceRange(of: index..<index + 1)
                #expect(range.lowerBound >= start && range.upperBound <= bytes.count, "\(text.debugDescription)")
                start = range.lowerBound
            }
        }
    }
}
