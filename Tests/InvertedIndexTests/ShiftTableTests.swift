import Bytes
import Model
import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Shifts of articles")
struct ShiftTableTests {
    @Test("shifts are those set last, and come back", arguments: Seed.first(20))
    func model(seed: Seed) throws {
        var generator = seed.generator()
        let count = 1 + generator.below(60)
        var expected = [SourceShift](repeating: .none, count: count)
        var live = LiveSet(articleCount: count)
        for article in 0..<count where generator.once(in: 5) { live.delete(article) }
        for _ in 0..<10 {
            var moved: [(article: Int, shift: SourceShift?)] = []
            for article in 0..<count where !live.isDeleted(article) && !generator.once(in: 3) {
                let shift = SourceShift(
                    bytes: generator.pick([0, 0, 7, -7, 1 << 40]), lines: generator.pick([0, 1]))
                // Of an article without paragraphs it does not matter.
                if generator.once(in: 6) {
                    expected[article] = .none
                    moved.append((article, nil))
                } else {
                    expected[article] = shift
                    moved.append((article, shift))
                }
            }
            live.move(moved)
            for (article, shift) in moved where shift != nil {
                #expect(live.shifts.shift(of: article) == shift, "\(article) of \(count)")
            }
            let untouched = Set(0..<count).subtracting(moved.map(\.article)).filter { !live.isDeleted($0) }
            for article in untouched where expected[article] != .none {
                #expect(live.shifts.shift(of: article) == expected[article], "\(article) of \(count)")
            }
            for (article, shift) in moved where shift == nil { expected[article] = live.shifts.shift(of: article) }
            let bytes = live.encoded()
            #expect(try LiveSet(ByteView(bytes, file: "live"), articleCount: count) == live)
        }
    }

    @Test("one edit is one run, however many articles it moves")
    func runs() {
        var live = LiveSet(articleCount: 1000)
        live.delete(500)
        live.move((400..<1000).filter { $0 != 500 }.map { ($0, SourceShift(bytes: 5, lines: 1)) })
        #expect(live.encoded().count == LiveSet(articleCount: 1000).encoded().count + 4)
        live.move((0..<1000).map { ($0, SourceShift.none) })
        #expect(live.shifts.isEmpty)
    }

    @Test("a table of any bytes is read or throws", arguments: Seed.first(10))
    func damaged(seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<200 {
            let bytes = generator.bytes(generator.below(40)).map { generator.once(in: 2) ? $0 & 3 : $0 }
            var cursor = ByteCursor(ByteView(bytes, file: "live"))
            guard let table = try? ShiftTable(&cursor, articleCount: 20) else { continue }
            for article in 0..<20 {
                let range = SourceRange(bytes: 10..<20, line: 3).moved(by: table.shift(of: article))
                #expect(range.bytes.lowerBound >= 0)
            }
        }
    }
}
