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
        var lines = Lines()
        lines.add(bytes, TextCheck.byteOrderMark(bytes)..<bytes.count)
        article.add(lines, continues: HardWrap(lines.list).continues)
        article.title = title(of: article, file: file)
        return article
    }

    /// The article of a text in pages, each ended by a form feed. No paragraph goes on over the end of a page.
    ///
    /// The width that lines were cut at is looked for in all pages together, since a page may have few lines, and in each,
    /// since it may be set unlike the others.
    static func article(pages bytes: [UInt8], file: FoundFile) -> Article {
        var article = Article(file)
        article.text = bytes
        var lines = Lines()
        var start = 0
        while start < bytes.count {
            let end = bytes[start...].firstIndex(of: 0x0C) ?? bytes.count
            lines.beginPage()
            lines.add(bytes, start..<end)
            start = end + 1
        }
        var continues = HardWrap(lines.list, isLaidOut: true).continues
        for page in lines.pages {
            let wrap = HardWrap(Array(lines.list[page]), isLaidOut: true)
            for (index, goesOn) in zip(page, wrap.continues) where goesOn {
                continues[index] = true
            }
        }
        article.add(lines, continues: continues)
        article.title = title(of: article, file: file)
        return article
    }

    /// The lines of a text that are not blank.
    fileprivate struct Lines {
        private(set) var list: [HardWrap.Line] = []
        private(set) var numbers: [Int] = []
        /// The first line of each page; empty when there are no pages.
        private var firsts: [Int] = []
        private var number = 1

        /// The lines of each page.
        var pages: [Range<Int>] { zip(firsts, firsts.dropFirst() + [list.count]).map { $0..<$1 } }

        mutating func beginPage() { firsts.append(list.count) }

        /// Adds the lines in a range of a text. The text before it ended with a line.
        mutating func add(_ bytes: [UInt8], _ range: Range<Int>) {
            let first = list.count
            unsafe bytes.withUnsafeBufferPointer { text in
                var start = range.lowerBound
                while start < range.upperBound {
                    var end = start
                    while end < range.upperBound, unsafe text[end] != 0x0A, unsafe text[end] != 0x0D { end += 1 }
                    let trimmed = unsafe WhiteSpace.trim(text, start..<end)
                    if !trimmed.isEmpty {
                        var line = unsafe HardWrap.measure(text, line: start..<end, trimmed: trimmed)
                        line.followsLine = list.count > first && numbers.last == number - 1
                        list.append(line)
                        numbers.append(number)
                    }
                    // CR LF is one line end.
                    let length = TextCheck.lineEnd(bytes, at: end)
                    start = end + max(1, length)
                    if length > 0 { number += 1 }
                }
            }
        }
    }

    /// The first line when it is short enough to be one, else the file's name without its extension.
    private static func title(of article: Article, file: FoundFile) -> [UInt8] {
        if let first = article.paragraphs.first {
            let line = article.text[first.text]
            if line.count(where: { $0 & 0xC0 != 0x80 }) <= titleLimit { return Array(line) }
        }
        return file.stem
    }
}

extension Article {
    /// Adds lines as paragraphs, those that go on joined with the next.
    fileprivate mutating func add(_ lines: PlainTextReader.Lines, continues: [Bool]) {
        var pages = lines.pages.enumerated().makeIterator()
        var page = pages.next()
        var index = 0
        while index < lines.list.count {
            while let (_, range) = page, index >= range.upperBound { page = pages.next() }
            var last = index
            while continues[last] { last += 1 }
            let range = lines.list[index].range.lowerBound..<lines.list[last].range.upperBound
            let part = page.map { SourcePart.page($0.offset + 1) }
            paragraphs.append(
                .init(text: range, source: .init(bytes: range, line: lines.numbers[index], part: part)))
            index = last + 1
        }
    }
}
