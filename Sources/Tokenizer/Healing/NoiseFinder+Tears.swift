internal import Model

// Words torn by spaces: `A I L a b`, `I nstagram`, `K im i`, `70 0 0萬`. White space between Han characters is no
// matter here: it joins in every reading.
//
// A gap is a tear when letter case may go on across it and one side is no word by itself: a lone capital, a short
// piece that is none of the short words, a beginning that no word has. `a AI` and `all in one` stay as they are.
extension NoiseFinder {
    /// A run of ASCII letters or of digits in a chain.
    struct Piece {
        enum Kind { case letters, digits, mixed }

        var range: Range<Int>
        var kind: Kind
        /// Whether the gap after it is a line break, with or without spaces.
        var endsLine = false
        /// Whether that line break follows a hyphen.
        var endsWithHyphen = false
    }

    /// Takes the run of letters and digits at `index` and those that follow with white space between; gives where to
    /// go on.
    mutating func chain(at index: Int) -> Int {
        pieces.removeAll(keepingCapacity: true)
        var next = index
        while true {
            let run = run(at: next)
            if let hash = hash(in: run) {
                finishChain()
                return add(.hash, hash)
            }
            pieces.append(Piece(range: run, kind: kind(of: run)))
            guard let following = pieceStart(after: run.upperBound) else {
                finishChain()
                return run.upperBound
            }
            next = following
        }
    }

    private func run(at start: Int) -> Range<Int> {
        var end = start
        while let letter = byte(end), ASCII.isAlphanumeric(letter) { end += 1 }
        return start..<end
    }

    private func kind(of run: Range<Int>) -> Piece.Kind {
        let digits = run.count { unsafe ASCII.isDigit(text[$0]) }
        return digits == 0 ? .letters : digits == run.count ? .digits : .mixed
    }

    /// Where the next piece begins after white space, or a hyphen at a line's end; nil where anything else follows.
    private mutating func pieceStart(after end: Int) -> Int? {
        var next = end
        if byte(end) == 0x2D, lineEnd(at: end + 1) > 0 {
            next = end + 1
            pieces[pieces.count - 1].endsWithHyphen = true
        }
        var lines = 0
        while let space = byte(next) {
            let line = lineEnd(at: next)
            if line > 0 {
                lines += 1
                next += line
            } else if space == 0x20 || space == 0x09 {
                next += 1
            } else if space == 0xC2, byte(next + 1) == 0xA0 {
                next += 2
            } else if space == 0xE3, byte(next + 1) == 0x80, byte(next + 2) == 0x80 {
                next += 3
            } else {
                break
            }
        }
        pieces[pieces.count - 1].endsLine = lines > 0
        guard next > end, lines < 2, let first = byte(next), ASCII.isAlphanumeric(first) else { return nil }
        return next
    }

    private func lineEnd(at index: Int) -> Int {
        switch byte(index) {
        case 0x0A: 1
        case 0x0D: byte(index + 1) == 0x0A ? 2 : 1
        default: 0
        }
    }

    /// Decides each gap of the chain.
    private mutating func finishChain() {
        guard pieces.count > 1 else { return }
        for gap in 0..<pieces.count - 1 where isTear(gap) {
            let bytes = pieces[gap].range.upperBound..<pieces[gap + 1].range.lowerBound
            add(pieces[gap].endsLine ? .wrap : .tear, bytes)
        }
    }

    private func isTear(_ gap: Int) -> Bool {
        let left = pieces[gap]
        let right = pieces[gap + 1]
        switch (left.kind, right.kind) {
        case (.letters, .letters):
            if left.endsWithHyphen { return isLowerCase(right.range.lowerBound) }
            return isTornLetters(gap) || left.endsLine && isWrapped(gap)
        case (.digits, .digits): return !left.endsLine && isTornNumber(gap)
        default: return false
        }
    }

    // MARK: Letters

    private func isTornLetters(_ gap: Int) -> Bool {
        let left = pieces[gap].range
        let right = pieces[gap + 1].range
        if isLowerCase(right.lowerBound) {
            // A lone letter beside a lone letter; a piece that is no word; a lone capital before any but the commonest.
            if left.count == 1, right.count == 1 { return true }
            if isFragment(right) || hasImpossibleOnset(right) { return true }
            if left.count == 1 { return isLoneStart(left.lowerBound) && !ShortWords.isCommon(unsafe text[right]) }
            return left.count == 2 && isVowelless(left) && isLowerCase(left.lowerBound + 1)
                && !ShortWords.isCommon(unsafe text[right])
        }
        // Capitals go on after capitals only, and where no capitalised word begins.
        let isShort = left.count == 1 || left.count == 2 && right.count == 1 && isVowelless(left)
        guard isShort, isUpperCase(left), isUpperCase(right) else { return false }
        return !(right.count == 1 && gap + 2 < pieces.count && goesOnInLowerCase(gap + 1))
    }

    /// Whether the lone capital after the gap begins a torn word in lower case: `A I | L a b`.
    private func goesOnInLowerCase(_ gap: Int) -> Bool {
        let next = pieces[gap + 1]
        return next.kind == .letters && isLowerCase(next.range.lowerBound) && isTornLetters(gap)
    }

    /// Whether a piece of one or two letters is none of the words that short.
    private func isFragment(_ piece: Range<Int>) -> Bool {
        switch piece.count {
        case 1: byte(piece.lowerBound) != 0x61
        case 2: !isUpperCase(piece) && !ShortWords.contains(unsafe text[piece])
        default: false
        }
    }

    /// Whether one letter may be what a space tore off the front of a word: not `a`, `A` and `I`, which are words.
    private func isLoneStart(_ index: Int) -> Bool {
        guard let letter = byte(index) else { return false }
        return letter != 0x61 && letter != 0x41 && letter != 0x49
    }

    /// Two consonants that begin no word, with a vowel somewhere after them: `nstagram`, not `html`.
    private func hasImpossibleOnset(_ piece: Range<Int>) -> Bool {
        guard piece.count > 2, let first = byte(piece.lowerBound), let second = byte(piece.lowerBound + 1),
            !Self.isVowel(first), !Self.isVowel(second)
        else { return false }
        return !ShortWords.isOnset(first, second) && !isVowelless(piece)
    }

    /// A line break inside a word of text that is mostly Han, whose lines are cut anywhere.
    private func isWrapped(_ gap: Int) -> Bool {
        guard isLowerCase(pieces[gap + 1].range.lowerBound) else { return false }
        return isHan(endingAt: pieces[0].range.lowerBound) && gap == 0
            || isHan(at: pieces[pieces.count - 1].range.upperBound) && gap == pieces.count - 2
    }

    private func isVowelless(_ piece: Range<Int>) -> Bool { !piece.contains { unsafe Self.isVowel(text[$0]) } }

    private static func isVowel(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79: true
        default: false
        }
    }

    private func isLowerCase(_ index: Int) -> Bool { byte(index).map(ASCII.isLower) ?? false }

    private func isUpperCase(_ piece: Range<Int>) -> Bool { piece.allSatisfy { unsafe ASCII.isUpper(text[$0]) } }

    // MARK: Numbers

    /// A gap beside a lone digit, in a row of digits that a Han character or per cent sign follows at once: `70 0 0萬`,
    /// `4 0%`. Rows of numbers in a table are left alone.
    private func isTornNumber(_ gap: Int) -> Bool {
        guard pieces[gap].range.count == 1 || pieces[gap + 1].range.count == 1 else { return false }
        var last = gap + 1
        while last + 1 < pieces.count, pieces[last + 1].kind == .digits { last += 1 }
        let end = pieces[last].range.upperBound
        guard last == pieces.count - 1 else { return false }
        return byte(end) == 0x25 || isHan(at: end)
            || byte(end) == 0xEF && byte(end + 1) == 0xBC && byte(end + 2) == 0x85
    }
}
