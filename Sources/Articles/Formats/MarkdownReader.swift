internal import CCMark
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
        tree.forEachBlock { block in
            let start = article.text.count
            article.text.append(contentsOf: block.text)
            let text = unsafe article.text.withUnsafeBufferPointer {
                unsafe WhiteSpace.trim($0, start..<start + block.text.count)
            }
            guard !text.isEmpty else {
                article.text.removeSubrange(start...)
                return
            }
            if article.title.isEmpty, block.isHeading { article.title = Array(article.text[text]) }
            article.paragraphs.append(.init(text: text, source: lines.range(of: block)))
        }
        if article.title.isEmpty { article.title = Array(file.path.stem) }
        return article
    }
}

/// The block of `key: value` lines between two lines of dashes that may begin a Markdown file.
private struct FrontMatter {
    var title: [UInt8] = []
    var date: [UInt8] = []
    /// Where the text after it begins.
    var end: Int
    /// Lines it takes.
    var lines = 0

    init(_ bytes: [UInt8], start: Int) {
        end = start
        var position = start
        var fields: [(ArraySlice<UInt8>, ArraySlice<UInt8>)] = []
        var count = 0
        while position < bytes.count {
            let lineEnd = bytes[position...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
            let line = bytes[position..<lineEnd]
            position = lineEnd + TextCheck.lineEnd(bytes, at: lineEnd)
            count += 1
            let isFence = line.elementsEqual("---".utf8) || (count > 1 && line.elementsEqual("...".utf8))
            if count == 1 {
                guard isFence else { return }
            } else if isFence {
                end = position
                lines = count
                for (key, value) in fields {
                    if key.elementsEqual("title".utf8) { title = Self.unquoted(value) }
                    if key.elementsEqual("date".utf8) { date = Self.unquoted(value) }
                }
                return
            } else if let colon = line.firstIndex(of: 0x3A) {
                fields.append((line[..<colon], line[(colon + 1)...]))
            }
        }
    }

    private static func unquoted(_ value: ArraySlice<UInt8>) -> [UInt8] {
        var rest = value.drop { $0 == 0x20 || $0 == 0x09 }
        while let last = rest.last, last == 0x20 || last == 0x09 { rest.removeLast() }
        if rest.count >= 2, let quote = rest.first, quote == 0x22 || quote == 0x27, rest.last == quote {
            rest = rest.dropFirst().dropLast()
        }
        return Array(rest)
    }
}

/// Where each line of a text begins.
private struct LineTable {
    private var starts: [Int]
    private let end: Int
    private let firstLine: Int

    init(_ bytes: [UInt8], from start: Int, firstLine: Int) {
        starts = [start]
        // A CR alone ends a line for cmark too.
        var index = start
        while index < bytes.count {
            let length = TextCheck.lineEnd(bytes, at: index)
            if length > 0 { starts.append(index + length) }
            index += max(1, length)
        }
        end = bytes.count
        self.firstLine = firstLine
    }

    /// The bytes a block takes, from cmark's lines and columns (both from 1, the end inclusive).
    func range(of block: MarkdownTree.Block) -> SourceRange {
        let first = min(max(1, block.startLine), starts.count)
        let last = min(max(first, block.endLine), starts.count)
        let lineEnd = last < starts.count ? starts[last] : end
        let start = min(starts[first - 1] + max(0, block.startColumn - 1), end)
        // A column of 0 says that cmark kept no end; the whole line is the block's then.
        let stop = block.endColumn > 0 ? min(starts[last - 1] + block.endColumn, lineEnd) : lineEnd
        return SourceRange(bytes: start..<max(start, stop), line: firstLine + first - 1)
    }
}

/// A document parsed by cmark.
@safe private final class MarkdownTree {
    struct Block {
        var text: [UInt8]
        var isHeading: Bool
        var startLine: Int
        var startColumn: Int
        var endLine: Int
        var endColumn: Int
    }

    private let root: OpaquePointer

    init(_ bytes: [UInt8], from start: Int, path: Path) throws(ArticlesError) {
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT) else { throw .parserFailed(path) }
        defer { unsafe cmark_parser_free(parser) }
        for name in ["table", "strikethrough"] {
            if let found = unsafe cmark_find_syntax_extension(name) {
                _ = unsafe cmark_parser_attach_syntax_extension(parser, found)
            }
        }
        unsafe bytes[start...].withUnsafeBytes { buffer in
            unsafe cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard let root = unsafe cmark_parser_finish(parser) else { throw .parserFailed(path) }
        unsafe self.root = unsafe root
    }

    deinit { unsafe cmark_node_free(root) }

    /// Calls `body` with each block that holds text, in the order of the document.
    func forEachBlock(_ body: (Block) -> Void) {
        unsafe walk(root) { node, isEntering in
            guard isEntering, unsafe isTextBlock(node) else { return }
            body(
                unsafe Block(
                    text: text(of: node), isHeading: cmark_node_get_type(node) == CMARK_NODE_HEADING,
                    startLine: Int(cmark_node_get_start_line(node)),
                    startColumn: Int(cmark_node_get_start_column(node)),
                    endLine: Int(cmark_node_get_end_line(node)), endColumn: Int(cmark_node_get_end_column(node))))
        }
    }

    private func isTextBlock(_ node: OpaquePointer) -> Bool {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK: true
        default: unsafe typeName(node) == "table"
        }
    }

    private func text(of block: OpaquePointer) -> [UInt8] {
        var text: [UInt8] = []
        unsafe walk(block) { node, isEntering in
            switch unsafe cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
                if isEntering, let literal = unsafe cmark_node_get_literal(node) {
                    unsafe text.append(contentsOf: String(cString: literal).utf8)
                }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
                if isEntering { text.append(0x0A) }
            default:
                guard !isEntering else { return }
                if unsafe typeName(node) == "table_cell" { text.append(contentsOf: " | ".utf8) }
                if unsafe ["table_header", "table_row"].contains(typeName(node)) { text.append(0x0A) }
            }
        }
        return text
    }

    private func typeName(_ node: OpaquePointer) -> String {
        unsafe cmark_node_get_type_string(node).map { unsafe String(cString: $0) } ?? ""
    }

    /// Calls `body` on entering and leaving each node under `top`; leaves are only entered.
    private func walk(_ top: OpaquePointer, _ body: (OpaquePointer, _ isEntering: Bool) -> Void) {
        guard let iterator = unsafe cmark_iter_new(top) else { return }
        defer { unsafe cmark_iter_free(iterator) }
        while true {
            let event = unsafe cmark_iter_next(iterator)
            guard event != CMARK_EVENT_DONE, let node = unsafe cmark_iter_get_node(iterator) else { return }
            unsafe body(node, event == CMARK_EVENT_ENTER)
        }
    }
}
