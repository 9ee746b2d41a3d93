/// Damaged and meaningless bytes, for readers that must never trap.
public enum RandomBytes {
    /// Bytes of no meaning; half of the time few distinct ones, so that lines, quotes and fences do occur.
    public static func noise(upTo limit: Int, using generator: inout SplitMix64) -> [UInt8] {
        let count = generator.below(limit + 1)
        if generator.once(in: 2) { return generator.bytes(count) }
        let alphabet =
            Array("\n\r {}[]\",:\\u0d8a#-|>*_`~<!&;\u{3000}团\0".utf8) + [0x80, 0xC2, 0xE4, 0xED, 0xF0, 0xFF]
        return (0..<count).map { _ in generator.pick(alphabet) }
    }

    /// `good` after one to six small accidents: a byte changed, lost, doubled or put in, a stretch moved, an end cut.
    public static func mutation(of good: [UInt8], using generator: inout SplitMix64) -> [UInt8] {
        var bytes = good
        for _ in 0...generator.below(6) {
            let place = generator.below(bytes.count + 1)
            switch generator.below(6) {
            case 0 where place < bytes.count: bytes[place] = UInt8(truncatingIfNeeded: generator.next())
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count: bytes.insert(bytes[place], at: place)
            case 3: bytes.insert(contentsOf: noise(upTo: 4, using: &generator), at: place)
            case 4:
                let end = min(bytes.count, place + generator.below(20))
                let moved = Array(bytes[place..<end])
                bytes.removeSubrange(place..<end)
                bytes.insert(contentsOf: moved, at: generator.below(bytes.count + 1))
            default:
                if generator.once(in: 4) { bytes.removeSubrange(place...) }
            }
        }
        return bytes
    }
}
