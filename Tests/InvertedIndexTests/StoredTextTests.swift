import Bytes
import Model
import Storage
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Stored text")
struct StoredTextTests {
    /// A paragraph to store; only what is asked for is kept of the text.
    private struct Plain: Equatable {
        var text: [UInt8]
        var source: SourceRange
        var kind = ParagraphKind.text
    }

    /// - Parameter sampleSize: bytes of text that a vocabulary is learnt from.
    private func write(_ paragraphs: [Plain], sampleSize: Int = .max) throws -> MemoryStorage {
        let storage = MemoryStorage()
        let source = VocabularySource(nil, number: 7, storage: storage, sampleSize: sampleSize)
        let writer = try StoredTextWriter(segment: 3, in: storage, vocabularies: source)
        for paragraph in paragraphs {
            // As part of something larger, as an article's paragraphs are.
            let around = [0x20] + paragraph.text + [0x20]
            try writer.add(around[1..<around.count - 1], source: paragraph.source, kind: paragraph.kind)
        }
        let size = try writer.finish()
        #expect(try storage.open("segment-3.paragraphs").count == Int(size))
        #expect(try storage.names().contains("vocabulary-7") == (writer.vocabulary == 7))
        return storage
    }

    private func open(_ storage: MemoryStorage, count: Int) throws -> StoredText {
        let number: UInt64 = try storage.names().contains("vocabulary-7") ? 7 : 0
        return try StoredText(
            try IndexFile.paragraphs.open("segment-3.paragraphs", owner: 3, in: storage), paragraphCount: count,
            vocabulary: try VocabularyShelf().vocabulary(number, in: storage))
    }

    private func expect(_ paragraphs: [Plain], in file: StoredText, order: [Int]) throws {
        let reader = StoredTextReader(file)
        for ordinal in order {
            let stored = try reader.paragraph(ordinal)
            #expect(Plain(text: stored.text, source: stored.source, kind: stored.kind) == paragraphs[ordinal])
        }
    }

    private static func paragraph(using generator: inout SplitMix64) -> Plain {
        let text: [UInt8]
        switch generator.below(8) {
        case 0: text = []
        case 1: text = generator.bytes(generator.below(3000))
        case 2: text = Array(repeating: UInt8(generator.below(256)), count: generator.below(2000))
        default: text = Array(RandomText.text(upTo: 40, using: &generator).utf8)
        }
        // Ranges in any order, far apart, empty, and not of the text's own length.
        let start = generator.below(generator.pick([10, 5000, 1 << 40]))
        let range = start..<start + generator.below(generator.pick([1, 500, 1 << 40]))
        return Plain(
            text: text,
            source: SourceRange(
                bytes: range, line: generator.below(generator.pick([5, 1 << 40])), part: part(using: &generator)),
            kind: generator.pick(ParagraphKind.allCases))
    }

    /// Mostly none, as in most frames.
    private static func part(using generator: inout SplitMix64) -> SourcePart? {
        guard generator.once(in: 50) else { return nil }
        let number = 1 + generator.below(generator.pick([3, 2000, Int(UInt32.max)]))
        return generator.once(in: 2) ? .page(number) : .chapter(number)
    }

    @Test("pages and chapters cost a frame without any of them nothing, and one with them little")
    func parts() throws {
        let text = Array("索引一次，搜索一千次。".utf8)
        func size(_ part: (Int) -> SourcePart?) throws -> Int {
            let paragraphs = (0..<300).map {
                Plain(text: text, source: SourceRange(bytes: $0 * 34..<$0 * 34 + 33, line: $0 + 1, part: part($0)))
            }
            let file = try open(try write(paragraphs), count: 300)
            try expect(paragraphs, in: file, order: Array(paragraphs.indices))
            let bytes = try file.bytes(ofFrame: 0).copy()
            #expect(bytes[0] & StoredTextFormat.partsFlag == (part(0) == nil ? 0 : StoredTextFormat.partsFlag))
            return bytes.count
        }
        let plain = try size { _ in nil }
        #expect(try size { .page($0 / 10 + 1) } < plain + 300 / 4)
        #expect(try size { .chapter($0 / 10 + 1) } < plain + 300 / 4)
    }

    @Test("a page or chapter that no writer writes is refused", arguments: [0, 1, 2, 3, 4, 1 << 40])
    func badPart(number: Int) throws {
        for part in [SourcePart.page(number), .chapter(number)] {
            let isKept = (1...Int(UInt32.max)).contains(number)
            let file = try open(
                try write([Plain(text: [0x41], source: SourceRange(bytes: 0..<1, line: 1, part: part))]), count: 1)
            let stored = try StoredTextReader(file).paragraph(0).source.part
            // What is no number of a page is none, and what is too high stays as high as it can be.
            #expect(
                stored
                    == (isKept
                        ? part
                        : number < 1
                            ? nil : part.name == "page" ? .page(Int(UInt32.max)) : .chapter(Int(UInt32.max))))
        }
    }

    @Test("gives back every paragraph, in any order", arguments: Seed.first(12))
    func roundTrip(seed: Seed) throws {
        var generator = seed.generator()
        let paragraphs = (0..<generator.pick([1, 5, 400])).map { _ in Self.paragraph(using: &generator) }
        let storage = try write(paragraphs, sampleSize: generator.pick([0, 1, 1000, 20_000, .max]))
        let file = try open(storage, count: paragraphs.count)
        try expect(paragraphs, in: file, order: Array(paragraphs.indices))
        try expect(paragraphs, in: file, order: paragraphs.indices.shuffled(using: &generator))
        let reader = StoredTextReader(file)
        #expect(throws: FormatError.self) { try reader.paragraph(paragraphs.count) }
        // An error does not spoil the reader.
        #expect(try reader.paragraph(0).text == paragraphs[0].text)
    }

    @Test("texts around and above the size of a frame", arguments: [0, 60_000, .max])
    func largeTexts(sampleSize: Int) throws {
        var generator = Seed(1).generator()
        let size = StoredTextFormat.frameSize
        var paragraphs: [Plain] = []
        for count in [0, size - 1, 0, 1, size, size + 1, 0, 0, 5 * size, 3, size - 4, 4, 0] {
            let text = count % 2 == 0 ? generator.bytes(count) : [UInt8](repeating: 0x41, count: count)
            paragraphs.append(Plain(text: text, source: SourceRange(bytes: 0..<count, line: 1)))
        }
        let file = try open(try write(paragraphs, sampleSize: sampleSize), count: paragraphs.count)
        try expect(paragraphs, in: file, order: Array(paragraphs.indices))
        try expect(paragraphs, in: file, order: paragraphs.indices.reversed())
        // A frame closes as soon as it is full.
        #expect(try file.frame(of: 1) == 0)
        #expect(try file.frame(of: paragraphs.count - 1) > 3)
    }

    @Test(
        "texts of a single byte compress further than any limit on damaged sizes", arguments: [1 << 20, 4 << 20],
        [1000, .max])
    func compressible(count: Int, sampleSize: Int) throws {
        let text = [UInt8](repeating: 0x41, count: count)
        let file = try open(
            try write([Plain(text: text, source: SourceRange(bytes: 0..<count, line: 1))], sampleSize: sampleSize),
            count: 1)
        let stored = try StoredTextReader(file).paragraph(0)
        #expect(stored.text.count == count && stored.text.allSatisfy { $0 == 0x41 })
    }

    @Test("nothing but empty texts")
    func emptyTexts() throws {
        let paragraphs = (0..<1000).map { Plain(text: [], source: SourceRange(bytes: $0..<$0, line: $0)) }
        try expect(paragraphs, in: try open(try write(paragraphs), count: 1000), order: [0, 999, 500])
    }

    @Test("no paragraph at all")
    func empty() throws {
        let file = try open(try write([]), count: 0)
        #expect(throws: FormatError.self) { try StoredTextReader(file).paragraph(0) }
    }

    @Test("another number of paragraphs than the segment's is an error")
    func otherCount() throws {
        let storage = try write([Plain(text: [0x41], source: SourceRange(bytes: 0..<1, line: 1))])
        #expect(throws: FormatError.self) { try open(storage, count: 0) }
        #expect(throws: FormatError.self) { try open(storage, count: 2) }
    }

    @Test(
        "frames of another segment are taken over, as they are when both share a vocabulary",
        arguments: Seed.first(8))
    func appended(seed: Seed) throws {
        var generator = seed.generator()
        let paragraphs = (0..<300).map { _ in Self.paragraph(using: &generator) }
        let storage = try write(paragraphs, sampleSize: generator.pick([0, 1000, .max]))
        let file = try open(storage, count: paragraphs.count)
        let isShared = file.vocabulary != nil && generator.once(in: 2)
        let other = MemoryStorage()
        let source = VocabularySource(
            isShared ? try file.vocabulary?.read() : nil, number: 8, storage: other,
            sampleSize: generator.pick([0, .max]))
        let writer = try StoredTextWriter(segment: 4, in: other, vocabularies: source)
        // Paragraphs of its own before, between and behind.
        var expected: [Plain] = []
        for frame in 0..<file.frameCount {
            for _ in 0..<generator.below(3) {
                expected.append(Self.paragraph(using: &generator))
                let last = expected[expected.count - 1]
                try writer.add(last.text[...], source: last.source, kind: last.kind)
            }
            try writer.append(frame: frame, of: file)
            expected += paragraphs[try file.paragraphs(ofFrame: frame)]
        }
        _ = try writer.finish()
        let shelf = VocabularyShelf()
        let vocabulary = isShared ? file.vocabulary : try shelf.vocabulary(writer.vocabulary, in: other)
        let copy = try StoredText(
            try IndexFile.paragraphs.open("segment-4.paragraphs", owner: 4, in: other),
            paragraphCount: expected.count, vocabulary: vocabulary)
        try expect(expected, in: copy, order: Array(expected.indices))
        guard isShared else { return }
        let frames = try (0..<copy.frameCount).map { try copy.bytes(ofFrame: $0).copy() }
        for frame in 0..<file.frameCount - 1 {
            #expect(frames.contains(try file.bytes(ofFrame: frame).copy()))
        }
    }

    @Test("texts coded with a vocabulary are an error without it, and with another")
    func otherVocabulary() throws {
        let text = Array("索引一次，搜索一千次。".utf8)
        let paragraphs = (0..<2000).map { Plain(text: text, source: SourceRange(bytes: $0..<$0 + 33, line: $0)) }
        let storage = try write(paragraphs, sampleSize: 1000)
        let body = try IndexFile.paragraphs.open("segment-3.paragraphs", owner: 3, in: storage)
        let other = try write(
            paragraphs.map { Plain(text: $0.text.reversed(), source: $0.source) }, sampleSize: 1000)
        for vocabulary in [nil, try VocabularyShelf().vocabulary(7, in: other)] {
            let file = try StoredText(body, paragraphCount: 2000, vocabulary: vocabulary)
            #expect(throws: FormatError.self) { try StoredTextReader(file).paragraph(0) }
        }
    }

    @Test("a frame of any bytes is read or throws", arguments: Seed.first(30))
    func damagedFrames(seed: Seed) throws {
        var generator = seed.generator()
        let paragraphs = (0..<generator.pick([1, 40])).map { _ in Self.paragraph(using: &generator) }
        let storage = try write(paragraphs, sampleSize: generator.pick([0, .max]))
        let file = try open(storage, count: paragraphs.count)
        let good = try file.bytes(ofFrame: 0).copy()
        let count = try file.paragraphs(ofFrame: 0).count
        var decoder = FrameDecoder()
        var frame = TextFrame()
        for round in 0..<60 {
            let bytes = round == 0 ? good : RandomBytes.mutation(of: good, using: &generator)
            let claimed = generator.once(in: 4) ? generator.pick([0, count + 1, Int(UInt32.max)]) : count
            let view = ByteView(bytes, file: "frame")
            let vocabulary = try file.vocabulary?.read()
            let isWhole = try? decoder.decode(
                view, count: round == 0 ? count : claimed, vocabulary, into: &frame)
            if round == 0 { #expect(isWhole == true) }
        }
    }

    @Test(
        "a frame that claims an absurd size is an error, and takes no memory first", arguments: [0, 1] as [UInt8])
    func absurdSize(encoding: UInt8) throws {
        // Encoding, checksum, size of the texts just below 4 GB, and too little to expand to it.
        let bytes: [UInt8] =
            [encoding, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F] + [UInt8](repeating: 0, count: 60)
        var decoder = FrameDecoder()
        var frame = TextFrame()
        let vocabulary = try TextVocabulary(ByteView(VocabularyTrainer.train([]), file: "v"), number: 1)
        #expect(try !decoder.decode(ByteView(bytes, file: "frame"), count: 1, vocabulary, into: &frame))
    }

    @Test("the example of the format's page is what it says")
    func example() throws {
        let examples = FormatPage("Texts.md").examples
        try #require(examples.count == 2)
        let shelved = ShelvedVocabulary(ByteView(examples[0], file: "vocabulary"), number: 7)
        let vocabulary = try shelved.read()
        let tokens = (TextSymbol.firstToken..<vocabulary.count).map { Array(vocabulary.bytes(of: $0)) }
        #expect(tokens == [Array("索引".utf8)])
        #expect(TextVocabulary.encode(tokens: tokens, lengths: vocabulary.code.lengths) == examples[0])
        let plain = Plain(text: Array("索引，索引，".utf8), source: SourceRange(bytes: 3..<21, line: 1))
        let file = try StoredText(ByteView(examples[1], file: "text"), paragraphCount: 1, vocabulary: shelved)
        try expect([plain], in: file, order: [0])
        let storage = MemoryStorage()
        let source = VocabularySource(vocabulary, number: 8, storage: storage)
        let writer = try StoredTextWriter(segment: 3, in: storage, vocabularies: source)
        try writer.add(plain.text[...], source: plain.source, kind: plain.kind)
        _ = try writer.finish()
        #expect(try IndexFile.paragraphs.open("segment-3.paragraphs", owner: 3, in: storage).copy() == examples[1])
    }
}
