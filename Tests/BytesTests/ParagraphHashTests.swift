import Bytes
import TestSupport
import Testing

@Suite("the hash of a citation")
struct ParagraphHashTests {
    @Test(
        "stays what it is, since citations are kept for years",
        arguments: [
            ("", "5276e51eedd8893d"), ("清华大学", "b049e8d4b4c7be56"), ("索引是把文章里有哪些字翻过来。", "d3a9576b2a9a8b4a"),
            ("12345678", "d37380bafa18a270"),
        ])
    func values(text: String, hash: String) {
        #expect(ParagraphHash(of: text.utf8).description == hash)
        #expect(ParagraphHash(hash) == ParagraphHash(of: text.utf8))
    }

    @Test(
        "is sixteen digits, or not read",
        arguments: ["", "0", "5276e51eedd8893", "5276e51eedd8893dd", "+276e51eedd8893d"])
    func bad(digits: String) { #expect(ParagraphHash(digits) == nil) }

    @Test("is printed with its leading zeros")
    func zeros() {
        #expect(ParagraphHash("00000000000000ff")?.description == "00000000000000ff")
        #expect(ParagraphHash("00000000000000FF")?.value == 255)
    }

    @Test("is what the page on it computes, for any text")
    func twin() {
        var random = SplitMix64(seed: 7)
        for _ in 0..<300 {
            let text = (0..<Int.random(in: 0..<40, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            #expect(ParagraphHash(of: text).value == Self.plain(text), "\(text)")
        }
    }

    /// As `Citations.md` has it, byte by byte.
    private static func plain(_ text: [UInt8]) -> UInt64 {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        func mix(_ word: UInt64) {
            let left = state ^ word ^ 0xA076_1D64_78BD_642F
            let product = left.multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB ^ word)
            state = (product.high ^ product.low) &+ state.byteSwapped
        }
        for start in stride(from: 0, through: text.count / 8 * 8, by: 8) {
            mix(text[start..<min(start + 8, text.count)].reversed().reduce(0) { $0 << 8 | UInt64($1) })
        }
        mix(UInt64(text.count))
        return state
    }
}
