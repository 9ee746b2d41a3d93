public import ICU
public import Model

/// Given the text of a paragraph, gives its folded text, units, words and terms.
///
/// Every step keeps the way back to the source's bytes. One analyzer serves one thread; it learns the characters
/// it meets, so keep it.
public final class Analyzer {
    let table: CharacterTable
    /// At a narrower level, the analyzer that says where units are, and what it says of the text at hand.
    private let widest: Analyzer?
    private var whole = Analysis()
    private let breaker: Breaker
    private let patience: Int
    /// Opened when first asked for words, which literal comparison never is.
    private var segmenter: Segmenter?
    private var boundaries: [Int32] = []
    let readings = HanReadings()

    /// What segments words. Whichever it is, the words are the same.
    public enum Breaker: Sendable {
        /// The breaker that has nothing to do first: for a query, or a few texts.
        case query
        /// The breaker that is many times as fast once it has seen enough text to build its table: for indexing.
        case fast
    }

    private enum Segmenter {
        case query(QueryWordBreaker)
        case fast(FastWordBreaker)
    }

    /// Opens the services of ICU, but for the word breaker, which is opened when words are first asked for.
    ///
    /// - Parameters:
    ///   - level: how much is made alike. Analyses at different levels do not compare.
    ///   - breaker: what segments words.
    ///   - patience: for the fast breaker, how many UTF-16 units of text to leave to ICU before its table is built.
    public init(
        fold level: FoldLevel = .full, breaker: Breaker = .query, patience: Int = FastWordBreaker.patience
    ) throws(AnalysisError) {
        do {
            table = try CharacterTable(level)
        } catch {
            throw .icu(error)
        }
        widest = level < .full ? try Analyzer() : nil
        self.breaker = breaker
        self.patience = patience
    }

    private func openSegmenter() throws(ICUError) -> Segmenter {
        if let segmenter { return segmenter }
        let opened: Segmenter =
            switch breaker {
            case .query: .query(QueryWordBreaker())
            case .fast: .fast(try FastWordBreaker(patience: patience))
            }
        segmenter = opened
        return opened
    }

    /// Names everything that decides which terms a text gives: two indexes can be searched alike when equal.
    public static var fingerprint: String {
        "suoyin-2 icu-\(ICULibrary.version) unicode-\(ICULibrary.unicodeVersion)"
    }

    /// Analyses `text` in its plain reading, replacing the content of `analysis`.
    ///
    /// - Parameters:
    ///   - text: UTF-8; anything malformed is read as U+FFFD, byte by byte.
    ///   - words: whether to segment words too, which costs more than everything else.
    /// - Complexity: O(text.count).
    public func analyze(_ text: UnsafeBufferPointer<UInt8>, into analysis: inout Analysis, words: Bool = true)
        throws(AnalysisError)
    {
        try unsafe read(text, without: [], into: &analysis, words: words)
    }

    /// Analyses a reading of `text` that leaves out `noise`.
    func read(
        _ text: UnsafeBufferPointer<UInt8>, without noise: [Noise], into analysis: inout Analysis, words: Bool
    ) throws(AnalysisError) {
        analysis.removeAll()
        do {
            try unsafe fold(text, without: noise, into: &analysis)
            // Places in folded text are 32 bits wide.
            guard analysis.folded.count <= Int(Int32.max) else {
                throw AnalysisError.tooLong(units: analysis.folded.count)
            }
            if let widest {
                try unsafe widest.read(text, without: noise, into: &whole, words: false)
                analysis.takeUnits(of: whole)
            } else {
                findUnits(in: &analysis)
            }
            guard analysis.units.count < TermBlock.positionLimit else {
                throw AnalysisError.tooLong(units: analysis.units.count)
            }
            if words { try findWords(in: &analysis) }
        } catch let error as ICUError {
            throw .icu(error)
        } catch let error as AnalysisError {
            throw error
        } catch {
            preconditionFailure("analysis throws the errors above only")
        }
    }

    /// Analyses `text` (see ``analyze(_:into:words:)``).
    public func analyze(_ text: some Collection<UInt8>, words: Bool = true) throws(AnalysisError) -> Analysis {
        var analysis = Analysis()
        let bytes = Array(text)
        try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(AnalysisError) in
            try unsafe analyze(buffer, into: &analysis, words: words)
        }
        return analysis
    }

    // MARK: Units

    /// Cuts the folded text into units and barriers.
    private func findUnits(in analysis: inout Analysis) {
        unsafe analysis.folded.withUnsafeBufferPointer { folded in
            analysis.units.append(addingCapacity: folded.count) { unsafe findUnits(folded, into: &$0) }
        }
    }

    /// - Parameter units: room for as many as there are elements.
    private func findUnits(_ folded: UnsafeBufferPointer<UInt16>, into units: inout OutputSpan<Analysis.Unit>) {
        // Where the run of letters begins that has not ended; below zero when there is none.
        var run = -1
        var afterBarrier = false
        var index = 0
        while index < folded.count {
            let (scalar, length) = unsafe Self.scalar(folded, at: index)
            let found = table.characterClass(scalar)
            let end = index + length
            if found == .letter {
                if run < 0 { run = index }
                index = end
                continue
            }
            let afterLetter = run >= 0
            if afterLetter {
                units.append(.init(kind: .word, scalar: 0, start: Int32(run), end: Int32(index)))
                run = -1
                afterBarrier = false
            }
            switch found {
            case .han:
                units.append(.init(kind: .han, scalar: scalar, start: Int32(index), end: Int32(end)))
                afterBarrier = false
            case .mark:
                let joins =
                    unsafe afterLetter && end < folded.count
                    && table.characterClass(Self.scalar(folded, at: end).scalar) == .letter
                if !joins, !afterBarrier {
                    units.append(.init(kind: .barrier, scalar: 0, start: Int32(index), end: Int32(end)))
                    afterBarrier = true
                }
            case .letter, .space, .dot, .unknown:
                break
            }
            index = end
        }
        if run >= 0 { units.append(.init(kind: .word, scalar: 0, start: Int32(run), end: Int32(index))) }
    }

    @inline(__always)
    static func scalar(_ text: UnsafeBufferPointer<UInt16>, at index: Int) -> (scalar: UInt32, length: Int) {
        let unit = unsafe UInt32(text[index])
        guard unit & 0xFC00 == 0xD800, index + 1 < text.count else { return (unit, 1) }
        let low = unsafe UInt32(text[index + 1])
        guard low & 0xFC00 == 0xDC00 else { return (unit, 1) }
        return (0x10000 + (unit & 0x3FF) << 10 + (low & 0x3FF), 2)
    }

    // MARK: Words

    /// Keeps those of ICU's words that are two or more Han or kana characters in a row.
    private func findWords(in analysis: inout Analysis) throws(ICUError) {
        let segmenter = try openSegmenter()
        try unsafe analysis.folded.withUnsafeBufferPointer { (folded) throws(ICUError) in
            switch segmenter {
            case .query(let breaker): try unsafe breaker.boundaries(of: folded, into: &boundaries)
            case .fast(let breaker): try unsafe breaker.boundaries(of: folded, into: &boundaries)
            }
        }
        var start: Int32 = 0
        var unit = 0
        let units = analysis.units
        for end in boundaries {
            defer { start = end }
            guard end - start > 1 else { continue }
            while unit < units.count, units[unit].start < start { unit += 1 }
            var next = unit
            var reached = start
            while next < units.count, units[next].kind == .han, units[next].start == reached, units[next].end <= end
            {
                reached = units[next].end
                next += 1
            }
            guard reached == end, next - unit > 1 else { continue }
            analysis.words.append(.init(start: start, end: end, unit: Int32(unit), count: Int32(next - unit)))
        }
    }
}
