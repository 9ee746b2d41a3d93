import Articles
import Model
import TestSupport
import Testing

@Suite("Bytes that mean nothing")
struct UndecodableTests {
    private func text(_ decoded: DecodedText) -> String { String(decoding: decoded.bytes, as: UTF8.self) }

    @Test("a few bad bytes leave a file what it is: UTF-8")
    func fewInUTF8() throws {
        let good = "这是一段正常的中文文字，里面只有很少的坏字节。\n"
        for bad in [[0x80], [0xC0, 0xAF], [0xE4, 0xB8], [0xFF], [0xF0, 0x9F, 0x98], [0xD6, 0xD0]] as [[UInt8]] {
            let bytes = Array(good.utf8) + bad + Array("x\n\(good)".utf8)
            let decoded = try DecodedText(bytes, of: Path("x"))
            #expect(decoded.encoding.name == .utf8)
            #expect(decoded.replaced == [good.utf8.count..<good.utf8.count + bad.count], "\(bad)")
            #expect(text(decoded).hasPrefix(good) && text(decoded).hasSuffix("x\n\(good)"))
            #expect(throws: ArticlesError.self) {
                try DecodedText(bytes, of: Path("x"), DecodingOptions(isStrict: true))
            }
        }
    }

    @Test("a few characters of GBK in a great deal of ASCII", arguments: [0, 100, 200_000, 1_000_000])
    func fewInASCII(size: Int) throws {
        let filler = Array(
            repeating: Array("plain ascii text, line after line, 0123456789\n".utf8), count: size / 47 + 1)
        for place in size > 500_000 ? [filler.count / 2] : [0, filler.count / 2, filler.count - 1] {
            var lines = filler
            lines[place] += (FileEncoding.gbk.encode("中文说明") ?? []) + [0x0A]
            let bytes = Array(lines.joined())
            let decoded = try DecodedText(bytes, of: Path("x"))
            #expect(decoded.encoding.name == .gb18030)
            #expect(text(decoded).contains("中文说明"))
            #expect(decoded.replaced.isEmpty)
        }
    }

    @Test("what was replaced is named by encoding and byte, as a warning; strictly it is refused")
    func reported() throws {
        let good = FileEncoding.gbk.encode("这是一段用国标编码的文字，很正常。\n") ?? []
        let bytes = good + [0xFF] + good + [0x81, 0x0A] + good + [0xFF, 0xFF] + good + [0xFF] + good
        for name in ["a.txt", "a.md"] {
            let file = try ReadFile(bytes, as: name)
            #expect(file.encoding?.name == .gb18030)
            guard case .replaced(_, let places)? = file.problems.first else {
                Issue.record("\(file.problems)")
                return
            }
            let size = good.count
            #expect(places.first == [size..<size + 1, 2 * size + 1..<2 * size + 2, 3 * size + 3..<3 * size + 5])
            #expect(places.count == 4 && places.bytes == 5)
            #expect(file.problems[0].isWarning && file.problems.count == 1 && file.replacedBytes == 5)
            #expect("\(file.problems[0])".contains("5 bytes are not GB18030, at byte \(size), "))
            #expect("\(file.problems[0])".contains("in 1 more place;"))
            #expect(throws: ArticlesError.undecodable(file.problems[0].path, places)) {
                do { _ = try ReadFile(bytes, as: name, DecodingOptions(isStrict: true)) } catch let error
                    as ArticlesError
                {
                    guard case .undecodable(_, let places) = error else { throw error }
                    throw ArticlesError.undecodable(file.problems[0].path, places)
                }
            }
        }
    }

    @Test("in JSON Lines a bad byte costs no line")
    func jsonLines() throws {
        let line = FileEncoding.big5.encode(#"{"id":"a","text":"這是一段用大五碼的文字，很正常。"}"#) ?? []
        let bad = Array(#"{"id":"b","text":""#.utf8) + [0xFF, 0x41] + Array("\"}".utf8)
        let file = try ReadFile(line + [0x0A] + bad + [0x0A], as: "a.jsonl")
        #expect(file.encoding?.name == .big5)
        #expect(file.articles.map(\.texts) == [["這是一段用大五碼的文字，很正常。"], ["\u{FFFD}A"]])
        #expect(file.replacedBytes == 1)
        guard case .replaced(_, let places)? = file.problems.first else {
            Issue.record("\(file.problems)")
            return
        }
        #expect(places.first == [line.count + 1 + 18..<line.count + 1 + 19])
        #expect(throws: ArticlesError.self) {
            try ReadFile(line + [0x0A] + bad + [0x0A], as: "a.jsonl", DecodingOptions(isStrict: true))
        }
    }

    @Test("JSON Lines whose first characters beyond ASCII come late")
    func lateJSONLines() throws {
        let plain = (0..<30_000).map {
            #"{"id":"\#($0)","text":"only plain ascii in this line of the file"}"# + "\n"
        }.joined()
        #expect(plain.utf8.count > 3 << 19)
        let late = #"{"id":"z","text":"后来才有中文"}"# + "\n" + #"{"id":"y","text":"还有"}"# + "\n"
        let file = try ReadFile(Array(plain.utf8) + (FileEncoding.gbk.encode(late) ?? []), as: "a.jsonl")
        #expect(file.articles.count == 30_002 && file.problems.isEmpty)
        #expect(file.articles.suffix(2).map(\.texts) == [["后来才有中文"], ["还有"]])
        #expect(file.encoding?.name == .gb18030)
        let last = try #require(file.articles.last?.paragraphs.first)
        #expect(FileEncoding.gbk.decode(file.bytes[last.source.bytes]) == "还有")
    }

    @Test("JSON Lines in UTF-16 longer than what is read at once", arguments: [FileEncoding.utf16LE, .utf16BEMark])
    func longWideJSONLines(encoding: FileEncoding) throws {
        // U+0A0A and U+000A are easily taken for each other.
        let lines = (0..<40_000).map { #"{"id":"\#($0)","text":"第\#($0)行\#u{0A0A}，中文"}"# }.joined(separator: "\n")
        let bytes = encoding.encode(lines) ?? []
        #expect(bytes.count > 5 << 19)
        let file = try ReadFile(bytes, as: "a.jsonl")
        #expect(file.articles.count == 40_000, "\(file.problems.prefix(3))")
        for article in file.articles.suffix(3) + file.articles.prefix(3) {
            let source = encoding.decode(file.bytes[try #require(article.paragraphs.first).source.bytes])
            #expect(
                source == article.texts[0]
                    && source == "第\(String(decoding: article.id, as: UTF8.self))行\u{0A0A}，中文")
        }
    }

    @Test("noise in any encoding is text, replaced or refused, in bounded time", arguments: Seed.first(40))
    func noise(seed: Seed) {
        var generator = seed.generator()
        for name in [
            EncodingName?.none, .utf8, .utf16LittleEndian, .utf16BigEndian, .utf16, .gb18030, .big5, .eucTW,
        ] {
            let count = generator.below(generator.once(in: 10) ? 40_000 : 60)
            var bytes = generator.bytes(count)
            if generator.once(in: 2) { bytes = bytes.map { $0 | 0x80 } }
            if generator.once(in: 3) { bytes = bytes.map { $0 == 0 ? 1 : $0 } }
            guard let decoded = try? DecodedText(bytes, of: Path("x"), DecodingOptions(encoding: name)) else {
                continue
            }
            #expect(String(validating: decoded.bytes, as: UTF8.self) != nil)
            var end = 0
            for range in decoded.replaced {
                #expect(range.lowerBound > end || end == 0 && range.lowerBound == 0)
                #expect(!range.isEmpty && range.upperBound <= count)
                end = range.upperBound
            }
            var last = 0
            for offset in 0...decoded.bytes.count {
                let place = decoded.map.file(offset)
                #expect(place >= last && place <= count)
                last = place
            }
            let replacements = text(decoded).unicodeScalars.count { $0.value == 0xFFFD }
            #expect(replacements >= decoded.replaced.count)
        }
    }
}
