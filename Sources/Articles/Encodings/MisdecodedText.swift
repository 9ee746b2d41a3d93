internal import Model

/// Finds text that was decoded in the wrong encoding before it came here, and written out again as if it were right.
///
/// A run is suspected when what it must have been, decoded rightly, looks much more like Chinese than what it is:
///
/// - A byte was lost. From there on GBK is read a byte out of step, until an ASCII byte sets it right:
///   `?梢钥吹交谠` was 可以看到基于; the lost byte shows as `?`.
/// - UTF-8 was read as GBK (鐨勪竴 was 的一) or as Latin-1 (`ç\u{9A}\u{84}` was 的).
/// - Text was beyond saving already: U+FFFD, 锟斤拷, 烫烫烫.
public struct MisdecodedText {
    /// Characters after a lost byte that are looked at.
    private static let reach = 64
    /// How much likelier the right reading must be, in units of `CharacterWeights`, for each of its characters.
    private static let gain = 12

    private let scalars: [UInt32]
    /// Where each character begins, and the end of the text.
    private let offsets: [Int]
    private let table = GBKTable.shared
    private let weights = CharacterWeights.shared

    private init(_ text: [UInt8]) {
        var scalars: [UInt32] = []
        var offsets: [Int] = []
        unsafe text.withUnsafeBufferPointer { text in
            var index = 0
            while index < text.count {
                let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
                scalars.append(scalar)
                offsets.append(index)
                index += length
            }
        }
        offsets.append(text.count)
        self.scalars = scalars
        self.offsets = offsets
    }

    /// The suspected runs of a text, UTF-8, as ranges of its bytes, ascending and apart. O(text.count).
    public static func find(in text: [UInt8]) -> [Range<Int>] {
        let finder = MisdecodedText(text)
        var runs: [Range<Int>] = []
        var index = 0
        while index < finder.scalars.count {
            let end = finder.end(ofRunAt: index)
            guard end > index else {
                index += 1
                continue
            }
            let bytes = finder.offsets[index]..<finder.offsets[end]
            if let last = runs.last, last.upperBound == bytes.lowerBound {
                runs[runs.count - 1] = last.lowerBound..<bytes.upperBound
            } else {
                runs.append(bytes)
            }
            index = end
        }
        return runs
    }

    /// Where the run that begins at a character ends; the character's own place when there is none.
    private func end(ofRunAt start: Int) -> Int {
        switch scalars[start] {
        case 0x3F: outOfStep(after: start) ?? start
        case 0xFFFD: start + 1
        case 0x80...0xFF, 0x152...0x192, 0x2C6, 0x2DC, 0x2013...0x203A, 0x20AC, 0x2122:
            utf8AsLatin(at: start) ?? start
        case 0x951F, 0x70EB, 0x5C6F: filler(at: start) ?? start
        case 0x4E00...0x9FFF: utf8AsGBK(at: start) ?? start
        default: start
        }
    }

    /// 锟斤拷, what U+FFFD in UTF-8 is in GBK, and what fresh memory is: 烫烫烫, 屯屯屯.
    private func filler(at start: Int) -> Int? {
        for pattern in [[0x951F, 0x65A4, 0x62F7], [0x70EB, 0x70EB, 0x70EB], [0x5C6F, 0x5C6F, 0x5C6F]] as [[UInt32]]
        where scalars[start...].starts(with: pattern) {
            return start + pattern.count
        }
        return nil
    }

    // MARK: A lost byte

    /// Reads what follows a question mark a byte further on; gives where the two readings meet again.
    private func outOfStep(after mark: Int) -> Int? {
        guard mark + 1 < scalars.count, scalars[mark + 1] >= 0x80 || (0x21...0x2F).contains(scalars[mark + 1])
        else {
            return nil
        }
        var bytes: [UInt8] = []
        // For each byte, the character that it begins, or -1.
        var starts: [Int] = []
        for index in mark + 1..<min(scalars.count, mark + 1 + Self.reach) {
            let scalar = scalars[index]
            if index == mark + 1, scalar < 0x80 {
                // Marks are often made narrow after the damage is done: here a full-width one is looked for.
                bytes += [0xA3, UInt8(scalar) + 0x80]
                starts += [index, -1]
            } else if scalar < 0x80 {
                bytes.append(UInt8(scalar))
                starts.append(index)
            } else if let (lead, trail) = table.bytes(scalar) {
                bytes += [lead, trail]
                starts += [index, -1]
            } else {
                break
            }
        }
        guard !bytes.isEmpty else { return nil }
        // The first byte of ！ is the second of 。, and its second the first of most marks that follow one.
        let isMark = scalars[mark + 1] == 0xFF01
        var gained = 0
        var count = 0
        var place = 1
        while place + 1 < bytes.count, starts[place] < 0, let read = table.character(bytes[place], bytes[place + 1])
        {
            gained += weights(read)
            count += 1
            place += 2
        }
        let end = place < bytes.count && starts[place] >= 0 ? starts[place] : lastCharacter(starts, before: place)
        guard end > mark + 1 else { return nil }
        let lost = scalars[mark + 1..<end].reduce(0) { $0 + ($1 < 0x80 ? 0 : weights($1)) }
        if count >= 2, gained - lost >= Self.gain * count, gained > 0 { return end }
        return isMark ? mark + 2 : nil
    }

    private func lastCharacter(_ starts: [Int], before place: Int) -> Int {
        (starts[..<min(place, starts.count)].last { $0 >= 0 } ?? -1) + 1
    }

    // MARK: UTF-8 read as something else

    /// Han characters in a row whose codes in GBK are UTF-8.
    private func utf8AsGBK(at start: Int) -> Int? {
        // Nearly all text ends here: a longer sequence has to begin with these two bytes.
        guard let (first, second) = table.bytes(scalars[start]), first >= 0xE0, second & 0xC0 == 0x80 else {
            return nil
        }
        var bytes: [UInt8] = []
        var ends: [Int: Int] = [:]
        for index in start..<min(scalars.count, start + Self.reach) {
            guard let (lead, trail) = table.bytes(scalars[index]) else { break }
            bytes += [lead, trail]
            ends[bytes.count] = index + 1
        }
        // The last byte may be the first of a character whose rest was lost.
        return chinese(bytes) { ends[$0] ?? ends[$0 + 1] }
    }

    /// Characters of Windows-1252 in a row whose codes are UTF-8.
    private func utf8AsLatin(at start: Int) -> Int? {
        var bytes: [UInt8] = []
        for scalar in scalars[start...].prefix(Self.reach) {
            guard let byte = Self.windows1252(scalar) else { break }
            bytes.append(byte)
        }
        return chinese(bytes) { start + $0 }
    }

    /// How far `bytes` are UTF-8 of common Chinese characters, two at the least.
    private func chinese(_ bytes: [UInt8], end: (Int) -> Int?) -> Int? {
        var total = 0
        var count = 0
        var last: Int?
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var place = 0
            while place < bytes.count {
                let (scalar, length) = unsafe UTF8Decoder.scalar(bytes, at: place)
                guard length == 3, scalar != 0xFFFD else { break }
                total += weights(scalar)
                count += 1
                place += length
                if count >= 2, total >= Self.gain * count, let found = end(place) { last = found }
            }
        }
        return last
    }

    private static func windows1252(_ scalar: UInt32) -> UInt8? {
        if (0x80...0xFF).contains(scalar) { return UInt8(scalar) }
        return high.firstIndex(of: scalar).map { UInt8(0x80 + $0) }
    }

    /// What Windows-1252 has at 0x80 to 0x9F; 0 where it has nothing.
    private static let high: [UInt32] = [
        0x20AC, 0, 0x201A, 0x192, 0x201E, 0x2026, 0x2020, 0x2021, 0x2C6, 0x2030, 0x160, 0x2039, 0x152, 0, 0x17D, 0,
        0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x2DC, 0x2122, 0x161, 0x203A, 0x153, 0, 0x17E,
        0x178,
    ]
}
