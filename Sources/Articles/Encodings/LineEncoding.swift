internal import Model

/// Finds out that a line is in another encoding than the rest of its file: given the line, gives its encoding.
///
/// Files put together from several sources hold such lines. A file's encoding is known from much more text than a line
/// has, so a line is believed only what is no chance.
enum LineEncoding {
    /// How much likelier than chance another encoding must be, in units of ``CharacterWeights``.
    ///
    /// Of 1.2 million texts of 2 to 20 Han characters in GBK, 4400 were also well-formed UTF-8, all but a few of two or
    /// three characters, and none came nearer than 38; of 680,000 in Big5 12 were, none nearer than 31. Of such texts in UTF-8
    /// one in 400 does not reach it, nearly all of two characters.
    private static let margin = 40
    /// How sure ``EncodingDetector`` must be of a line that cannot be decoded in the file's encoding. Of short texts in
    /// GBK in a UTF-8 file one in 10,000 becomes Big5, else all would be U+FFFD.
    private static let confidence = 60
    /// And of one that can, where a mistake makes a good line bad. Of short texts in a file all in GBK or all in Big5 none
    /// of 75,000 did, with 60 nine.
    private static let highConfidence = 80
    /// Bytes of a line that are compared, from the first that is not ASCII.
    private static let sampleSize = 1 << 11
    /// Characters of a decoded line that are looked at.
    private static let glance = 64
    /// What a sequence of two bytes or more speaks for UTF-8 by being one, as in ``EncodingScore``.
    private static let wellFormed = 15
    /// Others are too rare, or too much like these, to be told by one line.
    private static let candidates: [EncodingName] = [.utf8, .gb18030, .big5]

    /// Whether a line of a file that is not in UTF-8, but in `encoding`, is UTF-8 and not by chance.
    ///
    /// O(bytes) as far as the line is well-formed UTF-8, which in other encodings ends soon.
    static func isUTF8(_ line: ArraySlice<UInt8>, in encoding: EncodingName) -> Bool {
        guard TextCheck.firstInvalidByte(line) == nil, let first = line.firstIndex(where: { $0 >= 0x80 }) else {
            return false
        }
        let end = min(line.endIndex, first + sampleSize)
        let sample = line[first..<end]
        let least = weight(ofUTF8: sample) - margin
        // A short line that is UTF-8 by chance may also be of a third encoding.
        for other in [encoding] + candidates.filter({ $0 != encoding && $0 != .utf8 }) {
            guard let score = try? EncodingScore(other, sample, [first..<end], isWhole: end == line.endIndex),
                score.total <= least
            else { return false }
        }
        return true
    }

    /// The encoding that a line of a file in `encoding` seems to be in instead; nil when it is as likely in that, or in
    /// none of ``candidates`` for sure.
    ///
    /// Takes some times as long as decoding, so it is for lines that give cause: they cannot be decoded, or
    /// ``isUnlikely(_:)``.
    ///
    /// - Parameter isUndecodable: whether some of its bytes mean nothing in the file's encoding.
    static func other(
        than encoding: EncodingName, of line: ArraySlice<UInt8>, isUndecodable: Bool
    ) -> EncodingName? {
        if encoding == .utf8, isMostlyUTF8(line) { return nil }
        guard case .encoding(let found) = EncodingDetector.detect(line, isWhole: true),
            found.name != encoding, candidates.contains(found.name),
            found.confidence >= (isUndecodable ? confidence : highConfidence),
            let score = try? EncodingScore(found.name, line, EncodingSamples(line).ranges, isWhole: true),
            score.isConvincing, score.total >= margin
        else { return nil }
        return found.name
    }

    /// Whether decoded text, UTF-8, begins with characters that are no Chinese text: Big5 is hardly ever undecodable as
    /// GB18030, but such characters come of it. O(1).
    static func isUnlikely(_ text: [UInt8]) -> Bool {
        guard let first = text.firstIndex(where: { $0 >= 0x80 }) else { return false }
        let weights = CharacterWeights.shared
        var total = 0
        return unsafe text.withUnsafeBufferPointer { text in
            var index = first
            var seen = 0
            while index < text.count, seen < glance {
                let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
                index += length
                seen += 1
                total += weights(scalar)
            }
            return total <= 0
        }
    }

    /// Whether more characters of three bytes or four are well-formed UTF-8 than sequences are not: damaged, that is,
    /// and no case for the detector. Sequences of two come about by chance too often to be counted.
    private static func isMostlyUTF8(_ line: ArraySlice<UInt8>) -> Bool {
        var balance = 0
        unsafe line.withUnsafeBufferPointer { line in
            var index = 0
            while index < line.count {
                let (scalar, length) = unsafe UTF8Decoder.scalar(line, at: index)
                index += length
                if length > 2 { balance += 1 } else if scalar == 0xFFFD { balance -= 1 }
            }
        }
        return balance > 0
    }

    /// How much `text`, well-formed UTF-8 but perhaps for its end, looks like Chinese or is no chance. That it is well
    /// formed counts once for each character: what one repeated does is nothing new.
    private static func weight(ofUTF8 text: ArraySlice<UInt8>) -> Int {
        let weights = CharacterWeights.shared
        var total = 0
        var met: Set<UInt32> = []
        unsafe text.withUnsafeBufferPointer { text in
            var index = 0
            while index < text.count {
                let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
                index += length
                // U+FFFD is what the sample's end cuts.
                if scalar < 0x80 || scalar == 0xFFFD { continue }
                let weight = weights(scalar)
                total += weight
                if weight > -50, met.insert(scalar).inserted { total += wellFormed }
            }
        }
        return total
    }
}
