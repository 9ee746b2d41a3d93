internal import ICU
internal import Model

extension Analyzer {
    /// Folds `text` in one pass: glosses dropped, the level's normal form, then its variants.
    ///
    /// A *piece* is a stretch of source that normalises on its own: one character, nearly always, and then the
    /// table holds what it becomes. A piece goes through ICU when a character in it combines with the one before
    /// or expands; everything such a piece becomes maps back to the whole piece.
    ///
    /// - Parameter noise: stretches to leave out or to read as another character, ascending and apart.
    func fold(_ text: UnsafeBufferPointer<UInt8>, without noise: [Noise], into analysis: inout Analysis)
        throws(ICUError)
    {
        analysis.folded.reserveCapacity(text.count)
        analysis.sourceStarts.reserveCapacity(text.count)
        analysis.sourceEnds.reserveCapacity(text.count)
        var piece = Piece()
        var previous: UInt32 = 0
        var upcoming = noise[...]
        var stop = upcoming.first?.bytes.lowerBound ?? Int.max
        var index = 0
        while index < text.count {
            if index >= stop {
                let noise = upcoming.removeFirst()
                stop = upcoming.first?.bytes.lowerBound ?? Int.max
                analysis.noise.append(noise)
                if let replacement = noise.replacement {
                    try take(replacement, from: noise.bytes, &piece, &analysis)
                    // A barrier is never the single mark between two letters that joins them.
                    if replacement == Noise.barrier { try take(replacement, from: noise.bytes, &piece, &analysis) }
                    previous = replacement
                }
                index = max(index, noise.bytes.upperBound)
                continue
            }
            if !piece.isDirty,
                let run = unsafe foldSingles(
                    text, index..<min(stop, text.count), &analysis.folded, &analysis.sourceStarts,
                    &analysis.sourceEnds)
            {
                piece.begin(run.last, at: run.lastStart, output: analysis.folded.count - 1)
                piece.end = run.end
                previous = run.last
                index = run.end
                continue
            }
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            if scalar == 0x28 || scalar == 0xFF08,
                let end = unsafe glossEnd(text, at: index + length, after: previous)
            {
                analysis.noise.append(Noise(.gloss, index..<end))
                // The closing bracket now stands before what follows.
                previous = 0x29
                index = end
                continue
            }
            try take(scalar, from: index..<index + length, &piece, &analysis)
            previous = scalar
            index += length
        }
        if piece.isDirty { try finish(&piece, &analysis) }
    }

    /// Folds characters known to become one each, whatever stands around them: nearly all there are. Ends at the first
    /// that may not, or may open a gloss.
    ///
    /// - Returns: nil when the first is such.
    private func foldSingles(
        _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ folded: inout [UInt16],
        _ sourceStarts: inout [UInt32], _ sourceEnds: inout [UInt32]
    ) -> (end: Int, last: UInt32, lastStart: Int)? {
        var index = range.lowerBound
        var last: (scalar: UInt32, start: Int) = (0, 0)
        folded.append(addingCapacity: range.count) { folded in
            sourceStarts.append(addingCapacity: range.count) { starts in
                sourceEnds.append(addingCapacity: range.count) { ends in
                    while index < range.upperBound {
                        let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
                        guard scalar != 0x28, scalar != 0xFF08, let single = table.knownSingle(scalar) else {
                            return
                        }
                        last = (scalar, index)
                        folded.append(single)
                        starts.append(UInt32(truncatingIfNeeded: index))
                        index &+= length
                        ends.append(UInt32(truncatingIfNeeded: index))
                    }
                }
            }
        }
        return index > range.lowerBound ? (index, last.scalar, last.start) : nil
    }

    /// Adds a character that stands at `source` to the folded text, or to the piece that ICU will have to fold.
    @inline(__always)
    private func take(_ scalar: UInt32, from source: Range<Int>, _ piece: inout Piece, _ analysis: inout Analysis)
        throws(ICUError)
    {
        switch table.fold(scalar) {
        case .single(let unit):
            if piece.isDirty { try finish(&piece, &analysis) }
            piece.begin(scalar, at: source.lowerBound, output: analysis.folded.count)
            analysis.folded.append(unit)
            analysis.sourceStarts.append(UInt32(truncatingIfNeeded: source.lowerBound))
            analysis.sourceEnds.append(UInt32(truncatingIfNeeded: source.upperBound))
        case .expand:
            if piece.isDirty { try finish(&piece, &analysis) }
            note(scalar, source, &analysis)
            piece.begin(scalar, at: source.lowerBound, output: analysis.folded.count)
            piece.makeDirty()
        case .joinsPrevious:
            note(scalar, source, &analysis)
            if piece.units.count >= Piece.lengthLimit, piece.isDirty {
                try finish(&piece, &analysis)
                piece.begin(nil, at: source.lowerBound, output: analysis.folded.count)
            }
            if !piece.isDirty { piece.makeDirty() }
            piece.append(scalar)
        }
        piece.end = source.upperBound
    }

    /// Records a character that folding is going to drop.
    private func note(_ scalar: UInt32, _ source: Range<Int>, _ analysis: inout Analysis) {
        if CharacterProperties.isIgnorable(scalar) { analysis.noise.append(Noise(.invisible, source)) }
    }

    /// Folds a piece that the table could not answer, in place of what it had put out so far.
    private func finish(_ piece: inout Piece, _ analysis: inout Analysis) throws(ICUError) {
        let kept = piece.output
        analysis.folded.removeSubrange(kept...)
        analysis.sourceStarts.removeSubrange(kept...)
        analysis.sourceEnds.removeSubrange(kept...)
        var folded: [UInt16] = []
        try table.rule.fold(piece.units, into: &folded)
        for unit in folded {
            analysis.folded.append(unit)
            analysis.sourceStarts.append(UInt32(truncatingIfNeeded: piece.start))
            analysis.sourceEnds.append(UInt32(truncatingIfNeeded: piece.end))
        }
        piece.isDirty = false
    }

    /// Where the gloss whose letters begin at `start` ends, closing bracket included; nil when it is none.
    private func glossEnd(_ text: UnsafeBufferPointer<UInt8>, at start: Int, after previous: UInt32) -> Int? {
        guard Self.canCarryGloss(previous) else { return nil }
        var letters: [UInt32] = []
        var index = start
        while index < text.count {
            let (scalar, length) = unsafe UTF8Decoder.scalar(text, at: index)
            index += length
            if scalar == 0x29 || scalar == 0xFF09 { return PinyinGloss.isTonedSyllable(letters) ? index : nil }
            guard letters.count < PinyinGloss.maximumLength, PinyinGloss.isLetter(scalar) else { return nil }
            letters.append(scalar)
        }
        return nil
    }

    /// Letters and numerals other than digits.
    private static func canCarryGloss(_ scalar: UInt32) -> Bool {
        switch CharacterProperties.category(of: scalar) {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber,
            .otherNumber:
            true
        default: false
        }
    }
}

/// The piece being folded.
private struct Piece {
    /// UTF-16 units after which a piece is cut. No writing system stacks a thousand marks on a letter, and ICU's
    /// reordering of marks takes time in the square of their number.
    static let lengthLimit = 1024

    /// Its source, UTF-16; only filled once it is dirty.
    var units: [UInt16] = []
    /// Its source bytes.
    var start = 0
    var end = 0
    /// Length of the folded text before it.
    var output = 0
    /// Whether ICU has to fold it.
    var isDirty = false
    private var first: UInt32?

    @inline(__always)
    mutating func begin(_ scalar: UInt32?, at index: Int, output: Int) {
        first = scalar
        start = index
        self.output = output
    }

    mutating func makeDirty() {
        isDirty = true
        units.removeAll(keepingCapacity: true)
        if let first { append(first) }
        first = nil
    }

    mutating func append(_ scalar: UInt32) {
        if scalar < 0x10000 {
            units.append(UInt16(scalar))
        } else {
            units.append(UInt16(0xD7C0 + scalar >> 10))
            units.append(UInt16(0xDC00 | scalar & 0x3FF))
        }
    }
}
