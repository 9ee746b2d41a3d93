import ICU
import TestSupport
import Testing

@testable import Articles

@Suite("Text decoded wrongly before it came")
struct MisdecodedTextTests {
    private static func runs(_ text: String) -> [String] {
        let bytes = Array(text.utf8)
        return MisdecodedText.find(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
    }

    private static func decode(_ bytes: [UInt8], _ encoding: String) throws -> String {
        let converter = try Converter(encoding)
        var units = [UInt16](repeating: 0, count: bytes.count * 2 + 16)
        var offsets = [Int32](repeating: 0, count: units.count)
        var text: [UInt16] = []
        var rest = bytes[...]
        while !rest.isEmpty {
            let step = try unsafe Array(rest).withUnsafeBufferPointer { bytes in
                try unsafe units.withUnsafeMutableBufferPointer { units in
                    try unsafe offsets.withUnsafeMutableBufferPointer { offsets in
                        try unsafe converter.decode(bytes, isEnd: true, into: units, offsets: offsets)
                    }
                }
            }
            text += units[..<step.units]
            // What means nothing shows as a question mark, as careless programs have it.
            if step.invalid > 0 { text.append(0x3F) }
            rest = rest.dropFirst(step.consumed)
        }
        return String(decoding: text, as: UTF16.self)
    }

    @Test(
        "a byte lost from GBK puts what follows out of step",
        arguments: ["我们经常可以看到基于经验的判断", "他说这个问题没有人可以回答", "因为时间的关系会议就到这里"])
    func lostByte(text: String) throws {
        let bytes = try #require(try Converter("GBK").encode(text + "，abc"))
        for lost in stride(from: 4, to: bytes.count - 11, by: 2) {
            let damaged = "前面是好的，" + (try Self.decode([0x3F] + bytes[(lost + 1)...], "GBK"))
            let runs = Self.runs(damaged)
            #expect(runs.count == 1 && runs.first?.hasPrefix("?") == true, "\(damaged)")
        }
    }

    @Test(
        "UTF-8 read as GBK, and as Windows-1252",
        arguments: ["的一是不了在人有我", "今天天气很好", "全文搜索"])
    func wrongEncoding(text: String) throws {
        let asGBK = try Self.decode(Array(text.utf8), "GBK")
        #expect(!Self.runs("好的：" + asGBK).isEmpty, "\(asGBK)")
        let asLatin = try Self.decode(Array(text.utf8), "windows-1252")
        #expect(Self.runs("好的：" + asLatin + "。").count >= 1, "\(asLatin)")
    }

    @Test(
        "what is beyond saving",
        arguments: ["\u{FFFD}", "锟斤拷", "烫烫烫", "?！"])
    func beyondSaving(run: String) { #expect(Self.runs("这是" + run + "的") == [run]) }

    @Test(
        "healthy text is left alone",
        arguments: [
            "你去哪里?我去北京。", "真的吗?!他说。", "What? 我不知道。", "為什麼?因為時間不夠", "烫手的山芋", "café, naïve, Zürich", "（?）",
            "拷贝一份", "GDP是多少?增长了多少?", "a?b=c&d=e", "真的？！", "?", "", "結論是什麼?\n這個問題",
        ])
    func healthy(text: String) { #expect(Self.runs(text) == []) }

    @Test("any bytes", arguments: Seed.first(20))
    func anyBytes(seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<200 {
            var bytes = RandomBytes.noise(upTo: 60, using: &generator)
            if generator.once(in: 2) { bytes = Array("?经常".utf8) + bytes }
            var end = 0
            for run in MisdecodedText.find(in: bytes) {
                #expect(run.lowerBound >= end && !run.isEmpty && run.upperBound <= bytes.count)
                end = run.upperBound
            }
        }
    }
}
