internal import Model

/// Given a plain text file, gives one article: each non-blank line is a paragraph, trimmed of white space. Where lines
/// were cut at a fixed width (``HardWrap``), those of a paragraph are one, line ends and all.
enum PlainTextReader {
    /// Characters a first line may have to serve as the title.
    static let titleLimit = 60

    /// - Parameter bytes: UTF-8.
    static func article(_ bytes: [UInt8], file: FoundFile) -> Article {
        var article = Article(file)
        article.text = bytes
        let (lines, numbers) = lines(of: bytes)
        let wrap = HardWrap(lines)
        var index = 0
        while index < lines.count {
            var last = index
            while wrap.continues[last] { last += 1 }
            let range = lines[index].range.lowerBound..<lines[last].range.upperBound
            article.paragraphs.append(.init(text: range, source: .init(bytes: range, line: numbers[index])))
            index = last + 1
        }
        article.title = title(of: article, file: file)
        return article
    }

    /// The lines that are not blank, and the number of each.
    private static func lines(of bytes: [UInt8]) -> ([HardWrap.Line], numbers: [Int]) {
        var lines: [HardWrap.Line] = []
        var numbers: [Int] = []
        unsafe bytes.withUnsafeBufferPointer { text in
            var start = TextCheck.byteOrderMark(bytes)
            var number = 1
            while start < text.count {
                var end = start
                while end < text.count, unsafe text[end] != 0x0A, unsafe text[end] != 0x0D { end += 1 }
                let trimmed = unsafe WhiteSpace.trim(text, start..<end)
                if !trimmed.isEmpty {
                    var line = unsafe HardWrap.measure(text, line: start..<end, trimmed: trimmed)
                    line.followsLine = numbers.last == number - 1
                    lines.append(line)
                    numbers.append(number)
                }
                // CR LF is one line end.
                start = end + max(1, TextCheck.lineEnd(bytes, at: end))
                number += 1
            }
        }
        return (lines, numbers)
    }

    /// The first line when it is short enough to be one, else the file's name without its extension.
    private static func title(of article: Article, file: FoundFile) -> [UInt8] {
        if let first = article.paragraphs.first {
            let line = article.text[first.text]
            if line.count(where: { $0 & 0xC0 != 0x80 }) <= titleLimit { return Array(line) }
        }
        return Array(file.path.stem)
    }
}
