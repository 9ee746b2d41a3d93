import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

/// The parts that compressed texts are made of, each against something slow and obvious.
@Suite("Coding of texts")
struct TextCodingTests {
    @Test(
        "a prefix code is complete, decodes what it encodes, and none of it is longer than 20 bits",
        arguments: Seed.first(20))
    func prefixCode(seed: Seed) throws {
        var generator = seed.generator()
        let bound = generator.pick([1, 5, 1 << 40])
        var counts = (0..<2 + generator.below(generator.pick([3, 300, 5000]))).map { _ in generator.below(bound) }
        // Fibonacci's numbers make the deepest tree there is.
        if generator.once(in: 3) {
            counts = [1, 1]
            while counts.count < 60 { counts.append(counts[counts.count - 1] + counts[counts.count - 2]) }
        }
        let lengths = PrefixCode.lengths(forCounts: counts)
        #expect(lengths.reduce(0) { $0 + 1 << (20 - Int($1)) } == 1 << 20)
        for (rare, often) in zip(counts.indices, counts.indices.dropFirst()) where counts[rare] < counts[often] {
            #expect(lengths[rare] >= lengths[often])
        }
        let code = try #require(PrefixCode(lengths: lengths))
        let codes = code.codes
        let symbols = (0..<500).map { _ in generator.below(counts.count) } + Array(counts.indices)
        var writer = BitWriter()
        for symbol in symbols { writer.append(codes[symbol], Int(lengths[symbol])) }
        let bytes = writer.bytes
        unsafe bytes.withUnsafeBytes { buffer in
            var reader = unsafe BitReader(buffer)
            let read = symbols.map { _ in code.next(&reader) }
            #expect(read == symbols && !reader.isPastEnd)
        }
    }

    @Test("Huffman's code is the best: no other lengths of five symbols cost less", arguments: Seed.first(10))
    func optimal(seed: Seed) {
        var generator = seed.generator()
        let counts = (0..<5).map { _ in 1 + generator.below(generator.pick([3, 100])) }
        let cost = { (lengths: [Int]) in zip(lengths, counts).reduce(0) { $0 + $1.0 * $1.1 } }
        var least = Int.max
        func extend(_ lengths: [Int], _ room: Int) {
            if lengths.count == counts.count { least = min(least, cost(lengths)) }
            guard lengths.count < counts.count else { return }
            for length in 1...4 where 16 >> length <= room { extend(lengths + [length], room - 16 >> length) }
        }
        extend([], 16)
        #expect(cost(PrefixCode.lengths(forCounts: counts).map { Int($0) }) == least)
    }

    @Test("lengths that make no complete code are refused")
    func incompleteCodes() {
        for lengths in [[], [1], [2, 2, 2], [1, 1, 1], [0, 1], [1, 2, 3], [21, 1]] as [[UInt8]] {
            #expect(PrefixCode(lengths: lengths) == nil, "\(lengths)")
        }
        #expect(PrefixCode(lengths: [1, 1]) != nil)
    }

    /// A vocabulary of these tokens, all symbols about equally long.
    private func vocabulary(_ tokens: [[UInt8]]) throws -> TextVocabulary {
        let lengths = PrefixCode.lengths(
            forCounts: [Int](repeating: 1, count: TextSymbol.firstToken + tokens.count))
        return try TextVocabulary(
            ByteView(TextVocabulary.encode(tokens: tokens, lengths: lengths), file: "vocabulary"), number: 1)
    }

    @Test("the longest token at each place, as a search through all of them finds it", arguments: Seed.first(20))
    func parse(seed: Seed) throws {
        var generator = seed.generator()
        func text() -> [UInt8] {
            generator.once(in: 4)
                ? RandomBytes.noise(upTo: 12, using: &generator)
                : Array(RandomText.text(upTo: 8, using: &generator).utf8)
        }
        var tokens: Set<[UInt8]> = []
        var texts: [[UInt8]] = []
        for _ in 0..<60 {
            let text = text()
            texts.append(text)
            for _ in 0..<3 where text.count > 2 {
                let start = generator.below(text.count - 1)
                tokens.insert(Array(text[start..<min(text.count, start + 2 + generator.below(9))]))
            }
        }
        let sorted = tokens.sorted { $0.lexicographicallyPrecedes($1) }
        let vocabulary = try vocabulary(sorted)
        for (index, token) in sorted.enumerated() {
            #expect(Array(vocabulary.bytes(of: TextSymbol.firstToken + index)) == token)
        }
        let parser = TokenParser(vocabulary)
        for text in texts + [texts.flatMap { $0 }] {
            var symbols: [UInt16] = []
            unsafe text.withUnsafeBufferPointer { unsafe parser.trie.parse($0, into: &symbols) }
            #expect(symbols.flatMap { vocabulary.bytes(of: Int($0)) } == text)
            #expect(symbols.map { Int($0) } == Self.plainParse(text, sorted))
        }
    }

    /// Units one after the other; a token matches where it has the same ones.
    private static func plainParse(_ text: [UInt8], _ tokens: [[UInt8]]) -> [Int] {
        func units(_ bytes: [UInt8]) -> [[UInt8]] {
            var units: [[UInt8]] = []
            var index = 0
            while index < bytes.count {
                let (_, length) = unsafe bytes.withUnsafeBufferPointer { unsafe TokenTrie.unit(in: $0, at: index) }
                units.append(Array(bytes[index..<index + length]))
                index += length
            }
            return units
        }
        let cut = tokens.map(units)
        var rest = units(text)[...]
        var symbols: [Int] = []
        while let first = rest.first {
            let best = cut.indices.filter { rest.starts(with: cut[$0]) }.max { cut[$0].count < cut[$1].count }
            if let best {
                symbols.append(TextSymbol.firstToken + best)
                rest = rest.dropFirst(cut[best].count)
            } else {
                symbols += first.map { Int($0) }
                rest = rest.dropFirst()
            }
        }
        return symbols
    }

    @Test("copies give back the symbols they stand for, and cost no more", arguments: Seed.first(20))
    func copies(seed: Seed) {
        var generator = seed.generator()
        let variety = generator.pick([1, 2, 10, 400])
        var symbols: [UInt16] = []
        while symbols.count < generator.pick([1, 50, 3000, 90_000]) {
            if generator.once(in: 20), symbols.count > 2 {
                let start = generator.below(symbols.count - 1)
                symbols += symbols[start..<min(symbols.count, start + generator.pick([3, 40, 900]))]
            } else {
                let symbol = generator.below(variety)
                symbols.append(UInt16(symbol < 257 ? symbol : symbol + 240))
            }
        }
        var finder = CopyFinder()
        let lengths = [UInt8](repeating: 9, count: 700)
        var operations: [TextOperation] = []
        // What it found before is forgotten.
        finder.find(in: symbols.reversed(), lengths: lengths, into: &operations)
        operations = []
        finder.find(in: symbols, lengths: lengths, into: &operations)
        var copied: [UInt16] = []
        for operation in operations {
            let copy = Int(operation.symbol) - TextSymbol.firstCopy
            guard copy >= 0, operation.symbol < TextSymbol.firstToken else {
                #expect(operation.extraBits == 0)
                copied.append(operation.symbol)
                continue
            }
            let lengthBits = TextSymbol.copyBits[copy >> 4]
            let distance = 1 << (copy & 15) + Int(operation.extra) >> lengthBits
            let length = TextSymbol.copyLengths[copy >> 4] + Int(operation.extra) & (1 << lengthBits - 1)
            #expect(Int(operation.extraBits) == copy & 15 + lengthBits && length <= TextSymbol.longestCopy)
            for _ in 0..<length { copied.append(copied[copied.count - distance]) }
        }
        #expect(copied == symbols)
        #expect(operations.reduce(0) { $0 + 9 + Int($1.extraBits) } <= 9 * symbols.count)
    }

    @Test("every length of a copy has a class and bits that say it")
    func copyLengths() {
        for length in TextSymbol.shortestCopy...TextSymbol.longestCopy {
            let found = TextSymbol.copyClass(length)
            let rest = length - TextSymbol.copyLengths[found]
            #expect(rest >= 0 && rest < 1 << TextSymbol.copyBits[found])
        }
        #expect(TextSymbol.firstCopy + 16 * TextSymbol.copyLengths.count == TextSymbol.firstToken)
    }

    @Test("a vocabulary is learnt from anything, and is one", arguments: Seed.first(12))
    func training(seed: Seed) throws {
        var generator = seed.generator()
        var sample: [TextFrame] = []
        for _ in 0..<generator.below(4) {
            var frame = TextFrame()
            for _ in 0..<generator.below(100) {
                let text =
                    generator.once(in: 3)
                    ? RandomBytes.noise(upTo: 300, using: &generator)
                    : Array(RandomText.text(upTo: 60, using: &generator).utf8)
                frame.append(text[...], .init(source: .init(bytes: 0..<0, line: 0), kind: .text))
            }
            sample.append(frame)
        }
        let body = VocabularyTrainer.train(sample)
        #expect(body == VocabularyTrainer.train(sample))
        let vocabulary = try TextVocabulary(ByteView(body, file: "vocabulary"), number: 1)
        #expect(vocabulary.count >= TextSymbol.firstToken)
        for length in body.indices {
            #expect(throws: FormatError.self) {
                try TextVocabulary(ByteView(Array(body[..<length]), file: "vocabulary"), number: 1)
            }
            if length > 2000 { break }
        }
        for _ in 0..<30 {
            let bytes = RandomBytes.mutation(of: body, using: &generator)
            _ = try? TextVocabulary(ByteView(bytes, file: "vocabulary"), number: 1)
        }
    }

    @Test("what a sample repeats becomes a token")
    func learnt() throws {
        var frame = TextFrame()
        for index in 0..<400 {
            let text = Array("全文检索\(index)次".utf8)
            frame.append(text[...], .init(source: .init(bytes: 0..<0, line: 0), kind: .text))
        }
        let body = VocabularyTrainer.train([frame])
        let vocabulary = try TextVocabulary(ByteView(body, file: "vocabulary"), number: 1)
        let tokens = (TextSymbol.firstToken..<vocabulary.count).map { Array(vocabulary.bytes(of: $0)) }
        let repeated = "全文检索"
        #expect(tokens.contains { String(decoding: $0, as: UTF8.self).contains(repeated) })
    }
}
