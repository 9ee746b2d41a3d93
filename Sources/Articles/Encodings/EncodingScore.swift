internal import ICU

/// How much samples look like Chinese text when they are decoded in one encoding.
struct EncodingScore {
    /// Sum of the weights of all characters (``CharacterWeights``).
    private(set) var total = 0
    /// Characters that are not ASCII, undecodable sequences included.
    private(set) var characters = 0
    /// Undecodable sequences, and characters that no text holds.
    private(set) var bad = 0

    /// A total from which no encoding recovers; what is left of the samples is not looked at.
    private static let hopeless = -4000

    /// Whether this is Chinese text, so that no other candidates need be found.
    var isConvincing: Bool { total >= 8 * characters && bad * 50 <= characters }

    /// Whether this is noise.
    var isHopeless: Bool { bad * 10 > characters && total < -10 * characters }

    /// Decodes `samples` of `bytes`.
    ///
    /// - Parameter isWhole: whether `bytes` end where the file ends; a character cut there counts against the
    ///   encoding.
    init(
        _ encoding: EncodingName, _ bytes: ArraySlice<UInt8>, _ samples: [Range<Int>], isWhole: Bool
    ) throws(ICUError) {
        let converter = try Converter(encoding.converter)
        let piece = min(EncodingSamples.size, samples.reduce(0) { max($0, $1.count) })
        var units = [UInt16](repeating: 0, count: 2 * piece + 16)
        var seen = 0
        for sample in samples {
            converter.reset()
            var position = sample.lowerBound
            while position < sample.upperBound {
                let limit = min(sample.upperBound, position + piece)
                let step = try unsafe bytes[position..<limit].withUnsafeBufferPointer { (buffer) throws(ICUError) in
                    try unsafe units.withUnsafeMutableBufferPointer { (units) throws(ICUError) in
                        try unsafe converter.decode(
                            buffer, isEnd: isWhole && limit == bytes.endIndex, into: units, offsets: nil)
                    }
                }
                add(units[..<step.units], isWide: encoding.isWide)
                if step.invalid > 0 {
                    total += CharacterWeights.undecodable
                    characters += 1
                    bad += 1
                }
                guard step.consumed > 0 else { break }
                position += step.consumed
                seen += step.consumed
                if total < Self.hopeless { break }
            }
            if total < Self.hopeless { break }
        }
        if total < Self.hopeless {
            // Stopping at each bad sequence is what takes time; the rest is taken to be as bad.
            let all = samples.reduce(0) { $0 + $1.count }
            total = Int(Double(total) * Double(all) / Double(max(1, seen)))
        }
        // Random bytes are seldom well-formed UTF-8, whatever they mean in it.
        if encoding.shape == .utf8 { total += 15 * (characters - bad) }
    }

    /// Adds to the evidence what is known besides.
    mutating func favour(by weight: Int) { total += weight }

    private mutating func add(_ units: ArraySlice<UInt16>, isWide: Bool) {
        let weights = CharacterWeights.shared
        var index = units.startIndex
        while index < units.endIndex {
            var scalar = UInt32(units[index])
            index += 1
            if scalar & 0xFC00 == 0xD800, index < units.endIndex, units[index] & 0xFC00 == 0xDC00 {
                scalar = 0x10000 + (scalar & 0x3FF) << 10 + UInt32(units[index] & 0x3FF)
                index += 1
            }
            let weight = weights(scalar)
            total += weight
            if scalar >= 0x80 {
                characters += 1
                if weight <= -50 { bad += 1 }
            } else if weight < 0 {
                bad += 1
            } else if isWide {
                total += CharacterWeights.wideASCII
            }
        }
    }
}
