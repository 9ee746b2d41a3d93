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

    private func write(_ paragraphs: [Plain]) throws -> MemoryStorage {
        let storage = MemoryStorage()
        let writer = try StoredTextWriter(segment: 3, in: storage)
        for paragraph in paragraphs {
            // As part of something larger, as an article's paragraphs are.
            let around = [0x20] + paragraph.text + [0x20]
            try writer.add(around[1..<around.count - 1], source: paragraph.source, kind: paragraph.kind)
        }
        let size = try writer.finish()
        #expect(try storage.open("segment-3.paragraphs").count == Int(size))
        return storage
    }

    private func open(_ storage: MemoryStorage, count: Int) throws -> StoredText {
        try StoredText(
            try IndexFile.paragraphs.open("segment-3.paragraphs", owner: 3, in: storage), paragraphCount: count)
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
            text: text, source: SourceRange(bytes: range, line: generator.below(generator.pick([5, 1 << 40]))),
            kind: generator.pick(ParagraphKind.allCases))
    }

    @Test("gives back every paragraph, in any order", arguments: Seed.first(12))
    func roundTrip(seed: Seed) throws {
        var generator = seed.generator()
        let paragraphs = (0..<generator.pick([1, 5, 400])).map { _ in Self.paragraph(using: &generator) }
        let file = try open(try write(paragraphs), count: paragraphs.count)
        try expect(paragraphs, in: file, order: Array(paragraphs.indices))
        try expect(paragraphs, in: file, order: paragraphs.indices.shuffled(using: &generator))
        let reader = StoredTextReader(file)
        #expect(throws: FormatError.self) { try reader.paragraph(paragraphs.count) }
        // An error does not spoil the reader.
        #expect(try reader.paragraph(0).text == paragraphs[0].text)
    }

    @Test("texts around and above the size of a frame")
    func largeTexts() throws {
        var generator = Seed(1).generator()
        let size = StoredTextFormat.frameSize
        var paragraphs: [Plain] = []
        for count in [0, size - 1, 0, 1, size, size + 1, 0, 0, 5 * size, 3, size - 4, 4, 0] {
            let text = count % 2 == 0 ? generator.bytes(count) : [UInt8](repeating: 0x41, count: count)
            paragraphs.append(Plain(text: text, source: SourceRange(bytes: 0..<count, line: 1)))
        }
        let file = try open(try write(paragraphs), count: paragraphs.count)
        try expect(paragraphs, in: file, order: Array(paragraphs.indices))
        try expect(paragraphs, in: file, order: paragraphs.indices.reversed())
        // A frame closes as soon as it is full.
        #expect(try file.frame(of: 1).number == 0)
        #expect(try file.frame(of: paragraphs.count - 1).number > 3)
    }

    @Test("texts of a single byte compress further than any limit on damaged sizes", arguments: [1 << 20, 4 << 20])
    func compressible(count: Int) throws {
        let text = [UInt8](repeating: 0x41, count: count)
        let file = try open(
            try write([Plain(text: text, source: SourceRange(bytes: 0..<count, line: 1))]), count: 1)
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

    @Test("zigzag keeps small numbers small, of either sign")
    func zigzag() {
        for value in [0, -1, 1, -2, 2, 1 << 60, -(1 << 60), 1 << 61] {
            #expect(StoredTextFormat.unzigzag(StoredTextFormat.zigzag(value)) == value)
        }
        #expect((-3...3).map { StoredTextFormat.zigzag($0) } == [5, 3, 1, 0, 2, 4, 6])
    }

    @Test("a frame that claims an absurd size is an error, and takes no memory first", arguments: Seed.first(20))
    func absurdSize(seed: Seed) throws {
        var generator = seed.generator()
        let text = Array(RandomText.text(upTo: 200, using: &generator).utf8)
        let body = try write([Plain(text: text, source: SourceRange(bytes: 0..<text.count, line: 1))])
        var bytes = try IndexFile.paragraphs.open("segment-3.paragraphs", owner: 3, in: body).copy()
        // Magic, then a descriptor for a content size of eight bytes, then that size: just below 4 GB.
        let size: [UInt8] = [0xE0, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0]
        guard bytes.count > 40 else { return }
        bytes.replaceSubrange(4..<13, with: size)
        let file = try StoredText(ByteView(bytes, file: "text"), paragraphCount: 1)
        #expect(throws: FormatError.self) { try StoredTextReader(file).paragraph(0) }
    }
}
