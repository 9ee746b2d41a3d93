internal import CCMark
internal import Model

/// A document parsed by cmark.
@safe final class MarkdownTree {
    struct Block {
        /// Its text, inline markup left out; of a block of HTML the HTML.
        var text: [UInt8]
        var kind: ParagraphKind
        var isHTML: Bool
        var startLine: Int
        var startColumn: Int
        var endLine: Int
        var endColumn: Int

        /// Lines of the text, which for a paragraph or heading are lines of the source.
        var lineCount: Int { 1 + text.count { $0 == 0x0A } }
    }

    private let root: OpaquePointer

    init(_ bytes: [UInt8], from start: Int, path: Path) throws(ArticlesError) {
        cmark_gfm_core_extensions_ensure_registered()
        guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES) else {
            throw .parserFailed(path)
        }
        defer { unsafe cmark_parser_free(parser) }
        let extensions =
            MarkdownBounds.allowsTables(bytes[start...]) ? ["table", "strikethrough"] : ["strikethrough"]
        for name in extensions {
            if let found = unsafe cmark_find_syntax_extension(name) {
                _ = unsafe cmark_parser_attach_syntax_extension(parser, found)
            }
        }
        var text = bytes[start...]
        for place in MarkdownBounds.excessImages(text) { text[place] = 0x20 }
        unsafe text.withUnsafeBytes { buffer in
            unsafe cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard let root = unsafe cmark_parser_finish(parser) else { throw .parserFailed(path) }
        unsafe self.root = unsafe root
    }

    deinit { unsafe cmark_node_free(root) }

    /// The blocks that hold text, in the order of the document.
    func blocks() -> [Block] {
        var blocks: [Block] = []
        unsafe walk(root) { node, isEntering in
            guard isEntering, unsafe isTextBlock(node) else { return }
            blocks.append(
                unsafe Block(
                    text: text(of: node), kind: kind(of: node),
                    isHTML: cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK,
                    startLine: Int(cmark_node_get_start_line(node)),
                    startColumn: Int(cmark_node_get_start_column(node)),
                    endLine: Int(cmark_node_get_end_line(node)), endColumn: Int(cmark_node_get_end_column(node))))
        }
        for index in blocks.indices { Self.mend(&blocks, index) }
        return blocks
    }

    /// Puts right the places that cmark leaves wrong.
    private static func mend(_ blocks: inout [Block], _ index: Int) {
        let lines = blocks[index].lineCount
        if blocks[index].startLine == 0, index + 1 < blocks.count, blocks[index + 1].kind == .table {
            // Lines right above a table become a paragraph without a place, and the table begins where they did.
            blocks[index].startLine = blocks[index + 1].startLine
            blocks[index].startColumn = blocks[index + 1].startColumn
            blocks[index].endLine = blocks[index].startLine + lines - 1
            blocks[index].endColumn = 0
            blocks[index + 1].startLine += lines
        } else if blocks[index].kind == .heading, blocks[index].endLine >= blocks[index].startLine + lines {
            // An underlined heading is given an end beyond its underline, even in the next block.
            blocks[index].endLine = blocks[index].startLine + lines - 1
            blocks[index].endColumn = 0
        }
    }

    private func isTextBlock(_ node: OpaquePointer) -> Bool {
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK: true
        default: unsafe isRow(node)
        }
    }

    /// Whether a node is a row of a table, its head included.
    private func isRow(_ node: OpaquePointer) -> Bool {
        unsafe ["table_header", "table_row"].contains(typeName(node))
    }

    /// What a block is; what is neither heading, code nor table is what the innermost list item or quote around it is.
    private func kind(of block: OpaquePointer) -> ParagraphKind {
        switch unsafe cmark_node_get_type(block) {
        case CMARK_NODE_HEADING: return .heading
        case CMARK_NODE_CODE_BLOCK: return .code
        default: break
        }
        if unsafe isRow(block) { return .table }
        var node = unsafe cmark_node_parent(block)
        while let parent = unsafe node {
            switch unsafe cmark_node_get_type(parent) {
            case CMARK_NODE_ITEM: return .listItem
            case CMARK_NODE_BLOCK_QUOTE: return .quote
            default: unsafe node = unsafe cmark_node_parent(parent)
            }
        }
        return .text
    }

    private func text(of block: OpaquePointer) -> [UInt8] {
        var text: [UInt8] = []
        var dropped = DroppedElements()
        // Of the cell of a table that the walk is in.
        var cellStart = 0
        unsafe walk(block) { node, isEntering in
            switch unsafe cmark_node_get_type(node) {
            case CMARK_NODE_TEXT, CMARK_NODE_CODE, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK:
                if isEntering, let literal = unsafe cmark_node_get_literal(node) {
                    unsafe text.append(contentsOf: String(cString: literal).utf8)
                }
            case CMARK_NODE_SOFTBREAK, CMARK_NODE_LINEBREAK:
                if isEntering { text.append(0x0A) }
            case CMARK_NODE_HTML_INLINE:
                if let literal = unsafe cmark_node_get_literal(node) {
                    unsafe dropped.take(String(cString: literal).utf8, &text)
                }
            default:
                guard unsafe typeName(node) == "table_cell" else { return }
                if isEntering {
                    cellStart = text.count
                } else {
                    Self.endCell(of: &text, from: cellStart)
                    dropped = DroppedElements()
                }
            }
        }
        return text
    }

    /// Sets a cell apart from those before it; one without text is left out.
    private static func endCell(of text: inout [UInt8], from start: Int) {
        let cell = text[start...].map { $0 == 0x0A ? 0x20 : $0 }
        let trimmed = unsafe cell.withUnsafeBufferPointer { unsafe WhiteSpace.trim($0, 0..<cell.count) }
        text.removeSubrange(start...)
        guard !trimmed.isEmpty else { return }
        if start > 0 { text += BlockBuilder.cellSeparator }
        text += cell[trimmed]
    }

    /// Follows the tags in a paragraph, which cmark tells apart but does not pair, and takes out the text of elements that are
    /// not shown, such as scripts.
    ///
    /// Only from a tag to its end: whoever writes about `<title>` and does not mark it as code has a tag without one, and
    /// what follows is to be found.
    private struct DroppedElements {
        /// Open elements whose text is to go, and where it begins.
        private var open: [(name: String, start: Int)] = []
        /// How many of each are open: in a text of end tags each would look through all.
        private var counts: [String: Int] = [:]
        private var rubies = 0

        /// - Parameter text: what comes before the tag; a line break is added to it, and of an element that ends here the text
        ///   removed.
        mutating func take(_ tag: String.UTF8View, _ text: inout [UInt8]) {
            let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
            let name = String(decoding: tag.dropFirst(isEnd ? 2 : 1).prefix { $0 | 0x20 >= 0x61 }, as: UTF8.self)
                .lowercased()
            let role = MarkupRole.ofHTML(name)
            if role == .lineBreak { text.append(0x0A) }
            // In a ruby a reading ends where the next one begins, or the ruby ends.
            let isReading = name == "rt" || name == "rp"
            if rubies > 0, isReading && !isEnd || name == "ruby" && isEnd, let last = open.last?.name,
                last == "rt" || last == "rp"
            {
                close(open.count - 1, &text)
            }
            if name == "ruby" { rubies = max(0, rubies + (isEnd ? -1 : 1)) }
            // An input has no end.
            guard role == .dropped, name != "input" else { return }
            if !isEnd {
                open.append((name, text.count))
                counts[name, default: 0] += 1
            } else if counts[name, default: 0] > 0, let index = open.lastIndex(where: { $0.name == name }) {
                close(index, &text)
            }
        }

        private mutating func close(_ index: Int, _ text: inout [UInt8]) {
            text.removeSubrange(open[index].start...)
            for element in open[index...] { counts[element.name, default: 0] -= 1 }
            open.removeSubrange(index...)
        }
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
