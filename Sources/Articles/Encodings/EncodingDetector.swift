internal import ICU

/// Finds out the encoding of bytes: by their byte order mark, else because they are UTF-8, else as the candidate in which
/// they look most like Chinese text.
enum EncodingDetector {
    enum Result {
        case encoding(TextEncoding)
        /// No text: a NUL byte at this offset, and not UTF-16.
        case binary(offset: Int)
        /// Text in none of the candidates.
        case unknown
    }

    /// What speaks for an encoding before its text has been looked at.
    private enum Prior {
        static let utf8 = 20
        static let gb18030 = 6
        static let big5 = 3
        static let declared = 30
        /// Of what ICU's detector takes for something else than Chinese.
        static let foreign = -60
    }

    /// Bytes that ICU's own detector sees.
    private static let guessed = 1 << 13

    /// The encoding of `bytes`. Looks at all of them for whether they are UTF-8, at samples for the rest.
    ///
    /// - Parameter isWhole: whether they end where the file does, not within a character.
    static func detect(_ bytes: ArraySlice<UInt8>, isWhole: Bool) -> Result {
        if let mark = byteOrderMark(bytes) {
            // Other kinds of file begin with these two bytes, too.
            let isNoise =
                mark.isWide
                && wide(bytes, EncodingSamples(bytes), isWhole: isWhole).contains { candidate in
                    candidate.name == mark && candidate.score.isHopeless
                }
            return isNoise ? .unknown : .encoding(TextEncoding(mark, origin: .byteOrderMark))
        }
        let nul = TextCheck.firstNUL(bytes)
        let invalid = TextCheck.firstInvalidByte(bytes)
        let isCut = !isWhole && invalid.map { $0 > bytes.endIndex - 4 && bytes[$0] >= 0xC2 } ?? false
        let samples = EncodingSamples(bytes)
        if nul == nil, invalid == nil || isCut {
            let wide = shortWide(bytes, samples, isWhole: isWhole)
            return .encoding(wide ?? TextEncoding(.utf8, origin: .strictUTF8))
        }
        let scores = nul == nil ? scores(bytes, samples, isWhole: isWhole) : wide(bytes, samples, isWhole: isWhole)
        let ranked = scores.sorted { (left: Candidate, right: Candidate) in left.score.total > right.score.total }
        if let nul, ranked.first.map({ isBinary($0.score) }) ?? true {
            return .binary(offset: nul - bytes.startIndex)
        }
        guard let best = ranked.first, !best.score.isHopeless else { return .unknown }
        let isDeclared = DeclaredCharset.find(in: bytes) == best.name
        return .encoding(
            TextEncoding(
                best.name, confidence: confidence(ranked.map(\.score)), origin: isDeclared ? .declared : .detected))
    }

    /// The encoding asked for, with the byte order of these bytes when it is to be found out.
    static func byteOrder(of name: EncodingName, _ bytes: ArraySlice<UInt8>) -> EncodingName {
        guard name.shape == .utf16 else { return name }
        if let mark = byteOrderMark(bytes), mark != .utf8, mark != .gb18030 { return mark }
        let samples = EncodingSamples(bytes)
        return wide(bytes, samples, isWhole: true).max { $0.score.total < $1.score.total }?.name
            ?? .utf16LittleEndian
    }

    private static func byteOrderMark(_ bytes: ArraySlice<UInt8>) -> EncodingName? {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return .utf8 }
        if bytes.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
        if bytes.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
        if bytes.starts(with: [0x84, 0x31, 0x95, 0x33]) { return .gb18030 }
        return nil
    }

    /// Bytes of a text of which all may by chance be ASCII in UTF-16 of Chinese.
    private static let chanceSize = 256

    /// UTF-16 for a short text that only by chance is UTF-8 too, which its control characters give away: the ideographic
    /// full stop is one of them and a digit.
    private static func shortWide(_ bytes: ArraySlice<UInt8>, _ samples: EncodingSamples, isWhole: Bool)
        -> TextEncoding?
    {
        guard isWhole, bytes.count <= chanceSize,
            bytes.contains(where: { $0 < 0x09 || $0 > 0x0D && $0 < 0x20 }),
            let plain = score(.utf8, prior: Prior.utf8, bytes, samples, isWhole: true),
            let best = wide(bytes, samples, isWhole: true).max(by: { $0.score.total < $1.score.total }),
            best.score.isConvincing, best.score.total > plain.score.total
        else { return nil }
        return TextEncoding(best.name, confidence: confidence([best.score, plain.score]), origin: .detected)
    }

    /// Whether what UTF-16 makes of bytes with a NUL among them is no text.
    private static func isBinary(_ score: EncodingScore) -> Bool {
        score.total <= 0 || score.bad * 8 > score.characters + 8
    }

    private typealias Candidate = (name: EncodingName, score: EncodingScore)

    private static func wide(_ bytes: ArraySlice<UInt8>, _ samples: EncodingSamples, isWhole: Bool) -> [Candidate] {
        [EncodingName.utf16LittleEndian, .utf16BigEndian].compactMap {
            score($0, prior: 0, bytes, samples, isWhole: isWhole)
        }
    }

    private static func scores(_ bytes: ArraySlice<UInt8>, _ samples: EncodingSamples, isWhole: Bool) -> [Candidate]
    {
        var candidates: [(name: EncodingName, prior: Int)] = [
            (.utf8, Prior.utf8), (.gb18030, Prior.gb18030), (.big5, Prior.big5), (.eucTW, 0),
            (.utf16LittleEndian, 0), (.utf16BigEndian, 0),
        ]
        // A declaration that can be read as ASCII is not in UTF-16, whatever it says.
        if let declared = DeclaredCharset.find(in: bytes), !declared.isWide {
            if let index = candidates.firstIndex(where: { $0.name == declared }) {
                candidates[index].prior += Prior.declared
            } else {
                candidates.append((declared, Prior.declared))
            }
        }
        let scores = candidates.compactMap { score($0.name, prior: $0.prior, bytes, samples, isWhole: isWhole) }
        // ICU's detector takes longer than all of these together.
        if scores.contains(where: \.score.isConvincing) { return scores }
        let head = samples.ranges.first.map { bytes[$0].prefix(guessed) } ?? bytes.prefix(0)
        let guesses = unsafe head.withUnsafeBufferPointer { head in
            (try? unsafe CharsetDetector().guesses(head)) ?? []
        }
        let names = guesses.prefix(3).filter { $0.confidence >= 10 }.compactMap { EncodingName($0.name) }
        return scores
            + names.filter { name in !candidates.contains { $0.name == name } }.compactMap {
                score($0, prior: Prior.foreign, bytes, samples, isWhole: isWhole)
            }
    }

    /// nil when ICU lacks the converter.
    private static func score(
        _ name: EncodingName, prior: Int, _ bytes: ArraySlice<UInt8>, _ samples: EncodingSamples, isWhole: Bool
    ) -> Candidate? {
        let ranges = name.isWide ? samples.wide(bytes) : samples.ranges
        guard var score = try? EncodingScore(name, bytes, ranges, isWhole: isWhole) else { return nil }
        score.favour(by: prior)
        return (name, score)
    }

    /// How sure the first of the scores, best first, is: by its distance to the second, and by what in it is text.
    private static func confidence(_ ranked: [EncodingScore]) -> Int {
        guard let best = ranked.first else { return 0 }
        let margin = ranked.count > 1 ? Double(best.total - ranked[1].total) : 1000
        let sound = 1 - Double(best.bad) / Double(max(1, best.characters))
        // Weights are tenths of a logarithm, and neighbours depend on each other: taken for half of what they say.
        return Int(99 * sound * (1 - 1 / (1 + max(0, margin) / 20)))
    }
}
