internal import Model

/// Given a Markdown file, gives one article: each heading, paragraph, code block and row of a table is a paragraph.
///
/// The parser is cmark-gfm, which tells where each block stands. Inline markup is left out of the text, tags of HTML
/// too; the cells of a row are kept apart by bars, so that no word joins two cells. Blocks of HTML are read by
/// ``HTMLReader``.
enum MarkdownReader {
    static func article(_ bytes: [UInt8], file: FoundFile) throws(ArticlesError) -> Article {
        var article = Article(file)
        let front = FrontMatter(bytes, start: TextCheck.byteOrderMark(bytes))
        article.title = front.title
        article.date = front.date
        let tree = try MarkdownTree(bytes, from: front.end, rule: front.rule, path: file.path)
        let lines = LineTable(bytes, from: front.end, firstLine: front.lines + 1)
        let numbers = LineNumbers(bytes)
        for block in tree.blocks() {
            if block.isHTML {
                add(block, lines.map(of: block, in: bytes), numbers, to: &article)
                continue
            }
            let start = article.text.count
            article.text.append(contentsOf: block.text)
            let text = unsafe article.text.withUnsafeBufferPointer {
                unsafe WhiteSpace.trim($0, start..<start + block.text.count)
            }
            guard !text.isEmpty else {
                article.text.removeSubrange(start...)
                continue
            }
            if article.title.isEmpty, block.kind == .heading { article.title = Array(article.text[text]) }
            article.paragraphs.append(
                .init(text: text, source: lines.range(of: block, in: bytes), kind: block.kind))
        }
        if article.title.isEmpty { article.title = file.stem }
        return article
    }

    /// Adds the paragraphs of a block of HTML. What is too complex to be parsed is left as it stands.
    private static func add(
        _ block: MarkdownTree.Block, _ map: PositionMap, _ numbers: LineNumbers, to article: inout Article
    ) {
        var builder = BlockBuilder(lines: numbers)
        var metadata = HTMLMetadata()
        let context: MarkupRole = block.kind == .listItem ? .listItem : block.kind == .quote ? .quote : .block
        builder.open(context)
        if !HTMLReader.read(block.text[...], map, into: &builder, &metadata) {
            unsafe block.text.withUnsafeBufferPointer {
                let trimmed = unsafe WhiteSpace.trim($0, 0..<$0.count)
                unsafe builder.append(UnsafeBufferPointer(rebasing: $0[trimmed]), source: map.raw(trimmed))
            }
        }
        builder.close(context)
        let offset = article.text.count
        article.text += builder.text
        if article.title.isEmpty, let heading = builder.mainHeadings.first { article.title = heading }
        article.paragraphs += builder.paragraphs.map { paragraph in
            let text = paragraph.text.lowerBound + offset..<paragraph.text.upperBound + offset
            return Paragraph(text: text, source: paragraph.source, kind: paragraph.kind)
        }
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

    /// Where the lines of a block of HTML stood: each at the end of a line of the file, after what made it part of a
    /// list item or quote.
    func map(of block: MarkdownTree.Block, in bytes: [UInt8]) -> PositionMap {
        var map = PositionMap()
        var line = min(max(1, block.startLine), starts.count) - 1
        var start = 0
        while start < block.text.count {
            let end = block.text[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? block.text.count
            let lineEnd = min(block.text.count, end + TextCheck.lineEnd(block.text, at: end))
            let source = starts[line]..<ends[line]
            let place = max(source.lowerBound, source.upperBound - (end - start))
            // Tabs that were part of an indent come out as spaces.
            let isVerbatim = bytes[place..<source.upperBound] == block.text[start..<end]
            map.append(end - start, from: isVerbatim ? place..<source.upperBound : source)
            map.append(lineEnd - end, from: source.upperBound..<source.upperBound)
            line = min(line + 1, starts.count - 1)
            start = max(lineEnd, end + 1)
        }
        return map
    }

    /// The bytes a block takes, from cmark's lines and columns (both from 1, the end inclusive).
    func range(of block: MarkdownTree.Block, in bytes: [UInt8]) -> SourceRange {
        let first = min(max(1, block.startLine), starts.count)
        let last = min(max(first, block.endLine), starts.count)
        var start = min(starts[first - 1] + max(0, block.startColumn - 1), ends[first - 1])
        // A column of 0 says that cmark kept no end; the whole line is the block's then.
        let stop = block.endColumn > 0 ? min(starts[last - 1] + block.endColumn, ends[last - 1]) : ends[last - 1]
        if block.startColumn == 0 {
            // Only the marks of quotes stand before a line that goes on in a block.
            while start < ends[first - 1], [0x20, 0x09, 0x3E].contains(bytes[start]) { start += 1 }
        }
        return SourceRange(bytes: start..<max(start, stop), line: firstLine + first - 1)
    }
}
