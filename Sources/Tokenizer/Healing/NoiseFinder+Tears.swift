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

    /// The run at `start`, or what is left of the run met last: a run may hold many hashes, and is measured once.
    private mutating func run(at start: Int) -> Range<Int> {
        if start >= runEnd {
            runEnd = start
            while let letter = byte(runEnd), ASCII.isAlphanumeric(letter) { runEnd += 1 }
        }
        return start..<runEnd
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
        let measured = measuredRow()
        for gap in 0..<pieces.count - 1 where isTear(gap, measured: measured) {
            let bytes = pieces[gap].range.upperBound..<pieces[gap + 1].range.lowerBound
            add(pieces[gap].endsLine ? .wrap : .tear, bytes)
        }
    }

    /// - Parameter measured: see ``measuredRow()``.
    private func isTear(_ gap: Int, measured: Int) -> Bool {
        let left = pieces[gap]
        let right = pieces[gap + 1]
        switch (left.kind, right.kind) {
        case (.letters, .letters):
            if left.endsWithHyphen { return isLowerCase(right.range.lowerBound) }
            return isTornLetters(gap) || left.endsLine && isWrapped(gap)
        case (.digits, .digits): return !left.endsLine && gap + 1 >= measured && isBesideLoneDigit(gap)
        default: return false
        }
    }

    // MARK: Letters

    private func isTornLetters(_ gap: Int) -> Bool {
        let left = pieces[gap].range
        let right = pieces[gap + 1].range
        if isContraction(left.lowerBound) { return false }
        if isLowerCase(right.lowerBound) {
            // A lone letter beside a lone letter; a piece that is no word; a lone capital before any but the commonest.
            if left.count == 1, right.count == 1 { return true }
            if isFragment(right) { return unsafe !ShortWords.isCommon(text[left]) || left.count == 1 }
            if left.count <= 2, hasImpossibleOnset(right) { return isLoneStart(gap) || left.count == 2 }
            if left.count == 1 { return unsafe isLoneStart(gap) && !ShortWords.isCommon(text[right]) }
            guard left.count == 2, isVowelless(left), isLowerCase(left.lowerBound + 1) else { return false }
            return unsafe ShortWords.isOnset(text[left.lowerBound], text[left.lowerBound + 1])
                && !ShortWords.isCommon(text[right])
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

    /// Whether a piece of one or two letters is the end of a word: none of the words that short, nor the beginning of a
    /// name with a hyphen or dot, and without a vowel only what words end in.
    private func isFragment(_ piece: Range<Int>) -> Bool {
        if let next = byte(piece.upperBound), Self.goesOn(next) { return false }
        switch piece.count {
        case 1: return byte(piece.lowerBound) != 0x61
        case 2:
            guard !isUpperCase(piece), unsafe !ShortWords.contains(text[piece]) else { return false }
            return unsafe !isVowelless(piece)
                || ShortWords.isCoda(text[piece.lowerBound], text[piece.lowerBound + 1])
        default: return false
        }
    }

    /// Whether a mark right after letters makes them the beginning of something: `e-mail`, `x=1`, `a.out`.
    private static func goesOn(_ mark: UInt8) -> Bool {
        switch mark {
        case 0x23, 0x27, 0x28, 0x2B, 0x2D, 0x2E, 0x2F, 0x3A, 0x3D, 0x40, 0x5C, 0x5F: true
        default: false
        }
    }

    /// Whether the lone letter before a gap may be what a space tore off the front of a word: not `a`, `A` and `I`, which
    /// are words unless nothing begins like what follows, nor what a mark binds, as in `it's` and `-x`; a small
    /// letter only where Han characters stand around the two pieces, as options, variables and units are small letters.
    private func isLoneStart(_ gap: Int) -> Bool {
        let start = pieces[gap].range.lowerBound
        guard let letter = byte(start) else { return false }
        let isWord = letter | 0x20 == 0x61 || letter == 0x49
        if isWord, !hasImpossibleOnset(pieces[gap + 1].range) { return false }
        if ASCII.isUpper(letter) { return start == 0 || gap > 0 || !isBound(before: start) }
        return gap == 0 && pieces.count == 2 && isHan(endingAt: start) && isHan(at: pieces[1].range.upperBound)
    }

    /// Whether what ends right before `index` binds a letter to what is before it: an apostrophe, a hyphen.
    private func isBound(before index: Int) -> Bool {
        switch byte(index - 1) {
        case 0x23, 0x27, 0x2B, 0x2D, 0x2F, 0x3D, 0x40, 0x5C, 0x5F: true
        case 0x99: byte(index - 3) == 0xE2 && byte(index - 2) == 0x80
        default: false
        }
    }

    /// Whether an apostrophe binds what begins at `index` to a word: the `t` of `can't`, the `ll` of `I'll`; not a
    /// quotation mark before a word.
    private func isContraction(_ index: Int) -> Bool {
        let end =
            byte(index - 1) == 0x27 ? index - 1 : isBound(before: index) && byte(index - 1) == 0x99 ? index - 3 : -1
        return byte(end - 1).map(ASCII.isAlphanumeric) ?? false
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

    /// A gap beside a lone digit is a tear in a row of digits that a per cent sign or something counted or measured
    /// follows at once: `70 0 0萬`, `4 0%`. Rows of numbers in a table are left alone.
    private func isBesideLoneDigit(_ gap: Int) -> Bool {
        pieces[gap].range.count == 1 || pieces[gap + 1].range.count == 1
    }

    /// The first piece of the row of digits that ends the chain and is measured; the number of pieces when none is.
    private func measuredRow() -> Int {
        guard let end = pieces.last?.range.upperBound, let next = byte(end),
            next < 0x80
                ? next == 0x25 : Self.measures.contains(unsafe UTF8Decoder.scalar(text, at: end).scalar)
        else { return pieces.count }
        return pieces.lastIndex { $0.kind != .digits }.map { $0 + 1 } ?? 0
    }

    /// Characters that follow a number in running text: numerals, units, measure words, the full-width per cent sign.
    private static let measures = Set(
        """
        万萬亿億兆千百十余餘多几幾半元块塊角分美欧歐日年月号號天时時秒周週岁歲世点點倍成人名位个個家口户戶次回遍件套条條种種样樣类類\
        张張部台臺辆輛架艘座所场場项項款支只隻头頭匹颗顆粒片瓶杯吨噸克斤公千米里英海平亩畝升度层層楼樓页頁本册冊卷期届屆级級档檔\
        后後前左以％
        """.unicodeScalars.map(\.value))
}
