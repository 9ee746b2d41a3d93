internal import Model

/// Given a plain text file, gives one article: each non-blank line is a paragraph, trimmed of white space.
enum PlainTextReader {
    /// Characters a first line may have to serve as the title.
    static let titleLimit = 60

    /// - Parameter bytes: UTF-8.
    static func article(_ bytes: [UInt8], file: FoundFile) -> Article {
        var article = Article(id: file.id)
        article.text = bytes
        unsafe bytes.withUnsafeBufferPointer { text in
            var start = TextCheck.byteOrderMark(bytes)
            var line = 1
            while start < text.count {
                var end = start
                while end < text.count, unsafe text[end] != 0x0A, unsafe text[end] != 0x0D { end += 1 }
                let range = unsafe WhiteSpace.trim(text, start..<end)
                if !range.isEmpty {
                    article.paragraphs.append(.init(text: range, source: .init(bytes: range, line: line)))
                }
                // CR LF is one line end.
                if unsafe end + 1 < text.count && text[end] == 0x0D && text[end + 1] == 0x0A { end += 1 }
                start = end + 1
                line += 1
            }
        }
        article.title = title(of: article, file: file)
        return article
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
