/// What stands behind the colon of a definition of a link.
extension MarkdownDefinitions {
    /// Skips blanks, at most one line end, and the marks of quotes behind it.
    private func skipToText(_ index: Int) -> Int {
        let end = skipBlanks(index)
        guard end < text.endIndex, isAtLineEnd(end) else { return end }
        return startOfText(nextLine(end))
    }

    /// Where the text of a line that goes on in a quote or list item begins.
    private func startOfText(_ index: Int) -> Int {
        var index = index
        while isBlank(index) || byte(index) == UInt8(ascii: ">") { index += 1 }
        return index
    }

    /// What stands behind the colon of a definition: whether destination and title are printable ASCII, and where the text of
    /// the line behind them begins, unless there is more on theirs.
    func address(from index: Int) -> (isASCII: Bool, end: Int?) {
        let start = skipToText(index)
        let isPointed = byte(start) == UInt8(ascii: "<")
        var end = start
        while let byte = byte(end), isPointed ? !Self.isLineEnd(byte) : !Self.isWhiteSpace(byte) {
            end = skip(end)
            if isPointed, byte == UInt8(ascii: ">") { break }
        }
        end = min(end, text.endIndex)
        guard text[start..<end].allSatisfy({ (0x20...0x7E).contains($0) }) else { return (false, nil) }
        let last = skipBlanks(end)
        let title = title(skipToText(end))
        guard title?.allSatisfy({ $0 < 0x7F }) ?? true else { return (false, nil) }
        guard let lineEnd = title?.endIndex ?? (isAtLineEnd(last) ? last : nil),
            Self.isDestination(text[start..<end])
        else { return (true, nil) }
        return (true, startOfText(nextLine(lineEnd)))
    }

    /// Whether what stands where a destination should is surely one; with parentheses it may be none.
    private static func isDestination(_ text: ArraySlice<UInt8>) -> Bool {
        if text.first == UInt8(ascii: "<") {
            return text.count > 2 && text.last == UInt8(ascii: ">") && !text.dropFirst().contains(UInt8(ascii: "<"))
        }
        return !text.isEmpty && !text.contains { $0 == UInt8(ascii: "(") || $0 == UInt8(ascii: ")") }
    }

    /// What may be a title, from `start` to the end of a line; nil where none is.
    ///
    /// For cmark a backslash before the closing mark may be one of the title's characters as well as an escape, and the longest
    /// title counts.
    private func title(_ start: Int) -> ArraySlice<UInt8>? {
        guard let mark = byte(start), [0x22, 0x27, 0x28].contains(mark) else { return nil }
        let close: UInt8 = mark == 0x28 ? 0x29 : mark
        var longest: ArraySlice<UInt8>?
        var index = start + 1
        while let byte = byte(index) {
            let isEscaped = text[index - 1] == UInt8(ascii: "\\")
            if byte == close {
                let end = skipBlanks(index + 1)
                if isAtLineEnd(end) { longest = text[start..<end] }
                if !isEscaped { break }
            } else if byte == mark, !isEscaped {
                break
            }
            index = Self.isLineEnd(byte) ? nextLine(index) : index + 1
            if Self.isLineEnd(byte), isAtLineEnd(skipBlanks(index)) { break }
        }
        return longest
    }
}
