internal import Model

/// Given a Markdown file, gives one article: each heading, paragraph, code block and table is a paragraph.
///
/// The parser is cmark-gfm, which tells where each block stands. Inline markup is left out of the text; the
/// cells of a table are kept apart by bars, so that no word joins two cells.
enum MarkdownReader {
    static func article(_ bytes: [UInt8], file: FoundFile) throws(ArticlesError) -> Article {
        var article = Article(id: file.id)
        let front = FrontMatter(bytes, start: TextCheck.byteOrderMark(bytes))
        article.title = front.title
        article.date = front.date
        let tree = try MarkdownTree(bytes, from: front.end, path: file.path)
        let lines = LineTable(bytes, from: front.end, firstLine: front.lines + 1)
        for block in tree.blocks() {
            let start = article.text.count
            article.text.append(contentsOf: block.text)
            let text = unsafe article.text.withUnsafeBufferPointer {
                unsafe WhiteSpace.trim($0, start..<start + block.text.count)
            }
            guard !text.isEmpty else {
                article.text.removeSubrange(start...)
                continue
            }
            if article.title.isEmpty, block.isHeading { article.title = Array(article.text[text]) }
            article.paragraphs.append(.init(text: text, source: lines.range(of: block)))
        }
        if article.title.isEmpty { article.title = Array(file.path.stem) }
        return article
    }
}

/// Where each line of a text begins.
private struct LineTable {
    private var starts: [Int]
    /// Where each line ends, its line end left out.
    private var ends: [Int] = []
    private let firstLine: Int

    init(_ bytes: [UInt8], from start: Int, firstLine: Int) {
        starts = [start]
        // A CR alone ends a line for cmark too.
        var index = start
        while index < bytes.count {
            let length = TextCheck.lineEnd(bytes, at: index)
            if length > 0 {
                ends.append(index)
                starts.append(index + length)
            }
            index += max(1, length)
        }
        ends.append(bytes.count)
        self.firstLine = firstLine
    }

    /// The bytes a block takes, from cmark's lines and columns (both from 1, the end inclusive).
    func range(of block: MarkdownTree.Block) -> SourceRange {
        let first = min(max(1, block.startLine), starts.count)
        let last = min(max(first, block.endLine), starts.count)
        let start = min(starts[first - 1] + max(0, block.startColumn - 1), ends[first - 1])
        // A column of 0 says that cmark kept no end; the whole line is the block's then.
        let stop = block.endColumn > 0 ? min(starts[last - 1] + block.endColumn, ends[last - 1]) : ends[last - 1]
        return SourceRange(bytes: start..<max(start, stop), line: firstLine + first - 1)
    }
}
