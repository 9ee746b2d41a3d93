internal import Model

/// Given the elements and texts of a marked-up document in order, gives its paragraphs.
///
/// What is inside a block and outside the blocks in it is a paragraph. White space is collapsed as a browser does it: a
/// run becomes a space, or nothing where it holds a line end between two wide characters (CSS Text 3, 4.1.3), so that a
/// word that the source breaks over two lines stays whole. A line break element is a line end in the paragraph. Two in a
/// row end it, and so does one before an indent of ideographic or no-break spaces, with which many pages mark one.
struct BlockBuilder {
    private(set) var text: [UInt8] = []
    private(set) var paragraphs: [Paragraph] = []
    /// The text of each heading of the first level.
    private(set) var mainHeadings: [[UInt8]] = []
    private let lines: LineNumbers

    /// Kinds of the elements that are open, the innermost last.
    private var kinds: [ParagraphKind] = []
    private var headingLevel = 0
    private var preformatted = 0
    private var dropped = 0
    var rows: [Row] = []

    // The paragraph that is open.
    private var start = 0
    private var lineStart = 0
    private var kind = ParagraphKind.text
    private var source: Range<Int>?
    private var anySource = 0..<0
    private var hasSpace = false
    private var hasLineEnd = false
    private var lineBreaks = 0

    /// - Parameter lines: the lines of the file that sources point into.
    init(lines: LineNumbers) { self.lines = lines }

    // MARK: Elements

    /// Every element that is opened must be closed, with the same role.
    mutating func open(_ role: MarkupRole) {
        switch role {
        case .inline: return
        case .dropped: dropped += 1
        case .lineBreak: lineBreak()
        case .block: endParagraph()
        case .droppedBlock:
            endParagraph()
            dropped += 1
        case .heading(let level):
            endParagraph()
            kinds.append(.heading)
            headingLevel = level
        case .listItem: openKind(.listItem)
        case .quote: openKind(.quote)
        case .preformatted:
            openKind(.code)
            preformatted += 1
        case .row:
            endParagraph()
            rows.append(Row(first: paragraphs.count))
        case .cell:
            openKind(.table)
            if !rows.isEmpty { rows[rows.count - 1].cells.append(paragraphs.count) }
        }
    }

    mutating func close(_ role: MarkupRole) {
        switch role {
        case .inline, .lineBreak: return
        case .dropped, .droppedBlock: dropped -= 1
        case .block: endParagraph()
        case .heading:
            closeKind()
            headingLevel = 0
        case .listItem, .quote, .cell: closeKind()
        case .preformatted:
            closeKind()
            preformatted -= 1
        case .row:
            endParagraph()
            if let row = rows.popLast() { join(row) }
        }
    }

    private mutating func openKind(_ kind: ParagraphKind) {
        endParagraph()
        kinds.append(kind)
    }

    private mutating func closeKind() {
        endParagraph()
        kinds.removeLast()
    }

    // MARK: Text

    /// Adds text.
    ///
    /// - Parameters:
    ///   - bytes: UTF-8, decoded.
    ///   - source: the bytes of the file that it stood in, without white space at their ends; empty when there is
    ///     nothing else.
    mutating func append(_ bytes: UnsafeBufferPointer<UInt8>, source found: Range<Int>) {
        guard dropped == 0, !bytes.isEmpty else { return }
        anySource = found
        if preformatted > 0 {
            beginParagraph()
            unsafe text.append(contentsOf: bytes)
            extendSource(found)
            return
        }
        var index = 0
        while index < bytes.count {
            let byte = unsafe bytes[index]
            if Self.isSpace(byte) {
                hasSpace = true
                if byte == 0x0A || byte == 0x0D { hasLineEnd = true }
                index += 1
                continue
            }
            var end = index + 1
            while end < bytes.count, unsafe !Self.isSpace(bytes[end]) { end += 1 }
            let run = unsafe UnsafeBufferPointer(rebasing: bytes[index..<end])
            unsafe separate(from: run)
            unsafe text.append(contentsOf: run)
            index = end
        }
        extendSource(found)
    }

    /// Puts before `run` what stands for the white space and line breaks since the text before it.
    private mutating func separate(from run: UnsafeBufferPointer<UInt8>) {
        let breaksParagraph = unsafe lineBreaks > 1 || (lineBreaks == 1 && Self.isIndent(run))
        if breaksParagraph {
            let found = anySource
            endParagraph()
            anySource = found
        }
        if text.count == start {
            beginParagraph()
        } else if lineBreaks == 1 {
            text.append(0x0A)
            lineStart = text.count
        } else if hasSpace, unsafe !hasLineEnd || !Self.joinsLines(text, run) {
            text.append(0x20)
        }
        clearSpace()
    }

    private mutating func lineBreak() {
        guard dropped == 0, text.count > start else { return }
        guard preformatted == 0 else {
            text.append(0x0A)
            return
        }
        if lineBreaks == 0 {
            let line = unsafe text.withUnsafeBufferPointer { unsafe WhiteSpace.trim($0, lineStart..<$0.count) }
            // A line of white space alone is none, and the breaks at its ends follow one another.
            if line.isEmpty {
                text.removeSubrange(max(start, lineStart - 1)...)
                lineStart = text.count
                lineBreaks = 1
            }
        }
        lineBreaks += 1
        hasSpace = false
        hasLineEnd = false
    }

    private mutating func beginParagraph() {
        guard text.count == start else { return }
        kind = kinds.last ?? .text
        lineStart = start
        clearSpace()
    }

    private mutating func clearSpace() {
        hasSpace = false
        hasLineEnd = false
        lineBreaks = 0
    }

    private mutating func extendSource(_ found: Range<Int>) {
        guard !found.isEmpty, text.count > start else { return }
        guard let known = source else {
            source = found
            return
        }
        source = min(known.lowerBound, found.lowerBound)..<max(known.upperBound, found.upperBound)
    }

    /// Ends the open paragraph, if there is one.
    mutating func endParagraph() {
        let range = unsafe text.withUnsafeBufferPointer { unsafe WhiteSpace.trim($0, start..<$0.count) }
        if range.isEmpty {
            text.removeSubrange(start...)
        } else {
            text.removeSubrange(range.upperBound...)
            let bytes = source ?? anySource
            if !rows.isEmpty { rows[rows.count - 1].paragraphs.append(paragraphs.count) }
            if kind == .heading, headingLevel == 1 { mainHeadings.append(Array(text[range])) }
            paragraphs.append(
                Paragraph(
                    text: range, source: SourceRange(bytes: bytes, line: lines.line(of: bytes.lowerBound)),
                    kind: kind))
        }
        start = text.count
        lineStart = start
        source = nil
        clearSpace()
    }

    /// Puts one paragraph in the place of the last ones.
    ///
    /// - Parameter first: the first that goes.
    mutating func replace(from first: Int, with joined: [UInt8], kind: ParagraphKind) {
        let old = paragraphs[first...]
        let bytes =
            old.map(\.source.bytes.lowerBound).min()!..<old.map(\.source.bytes.upperBound).max()!
        let begin = old.first!.text.lowerBound
        text.replaceSubrange(begin..., with: joined)
        paragraphs.removeSubrange(first...)
        paragraphs.append(
            Paragraph(
                text: begin..<text.count, source: SourceRange(bytes: bytes, line: lines.line(of: bytes.lowerBound)),
                kind: kind))
        start = text.count
        lineStart = start
    }

    mutating func setKind(_ kind: ParagraphKind, ofParagraph index: Int) { paragraphs[index].kind = kind }
}
