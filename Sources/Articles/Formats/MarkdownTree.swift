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
        /// 0 where it is that of the line's text.
        var startColumn: Int
        var endLine: Int
        var endColumn: Int

        /// Lines of the text, which for a paragraph or heading are lines of the source.
        var lineCount: Int { 1 + text.count { $0 == 0x0A } }
    }

    private let root: OpaquePointer
    private let mask: MarkdownMask
    /// See ``MarkdownDefinitions/markup``.
    private let definitions: [MarkdownDefinitions.Place: MarkdownDefinitions.Place]
    /// Where lines begin with footnotes that are text, in the order of the source.
    private let footnotes: [MarkdownDefinitions.Place]

    /// - Parameter rule: where three dashes stand that are a rule, whatever is above them.
    init(_ bytes: [UInt8], from start: Int, rule: Int? = nil, path: Path) throws(ArticlesError) {
        cmark_gfm_core_extensions_ensure_registered()
        let source = bytes[start...]
        var mask = MarkdownMask(source)
        if let rule { mask.makeRule(rule) }
        for place in MarkdownBounds.excessImages(source) { mask.blank(place) }
        let definitions = MarkdownDefinitions(source)
        for marks in definitions.prose { mask.hide(marks) }
        let allowsTables = MarkdownBounds.allowsTables(source)
        var root = try unsafe Self.parse(mask.text, allowsTables, path)
        var losses = MarkdownLosses(source, definitions.footnotes)
        while unsafe losses.hide(from: root, in: &mask) {
            unsafe cmark_node_free(root)
            unsafe root = try unsafe Self.parse(mask.text, allowsTables, path)
        }
        unsafe self.root = unsafe root
        self.mask = mask
        self.definitions = definitions.markup
        var footnotes = losses.hidden.map(\.start).sorted { ($0.line, $0.column) < ($1.line, $1.column) }
        // A line that begins with two is one paragraph.
        var last = 0
        footnotes.removeAll { place in
            defer { last = place.line }
            return place.line == last
        }
        self.footnotes = footnotes
    }

    private static func parse(
        _ text: ArraySlice<UInt8>, _ allowsTables: Bool, _ path: Path
    ) throws(ArticlesError) -> OpaquePointer {
        guard let parser = unsafe cmark_parser_new(CMARK_OPT_DEFAULT | CMARK_OPT_FOOTNOTES) else {
            throw .parserFailed(path)
        }
        defer { unsafe cmark_parser_free(parser) }
        for name in allowsTables ? ["table", "strikethrough"] : ["strikethrough"] {
            if let found = unsafe cmark_find_syntax_extension(name) {
                _ = unsafe cmark_parser_attach_syntax_extension(parser, found)
            }
        }
        unsafe text.withUnsafeBytes { buffer in
            unsafe cmark_parser_feed(parser, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count)
        }
        guard let root = unsafe cmark_parser_finish(parser) else { throw .parserFailed(path) }
        return unsafe root
    }

    deinit { unsafe cmark_node_free(root) }

    /// The blocks that hold text, in the order of the document.
    func blocks() -> [Block] {
        var blocks: [Block] = []
        unsafe walk(root) { node, isEntering in
            guard isEntering, unsafe isTextBlock(node) else { return }
            let start = unsafe start(of: node)
            let block = unsafe Block(
                text: text(of: node), kind: kind(of: node),
                isHTML: cmark_node_get_type(node) == CMARK_NODE_HTML_BLOCK,
                startLine: start.line, startColumn: start.column,
                endLine: Int(cmark_node_get_end_line(node)), endColumn: Int(cmark_node_get_end_column(node)))
            blocks += unsafe cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH ? parts(of: block) : [block]
        }
        for index in blocks.indices { mask.restore(&blocks[index].text) }
        for index in blocks.indices { Self.mend(&blocks, index) }
        return blocks
    }

    /// A paragraph, cut where footnotes that became text ended it before.
    private func parts(of block: Block) -> [Block] {
        let cuts = mask.footnotes(in: block.text)
        guard !cuts.isEmpty else { return [block] }
        let first = partition { $0.line > block.startLine }
        let places = footnotes[first..<max(first, partition { $0.line > block.endLine })]
        guard places.count == cuts.count else { return [block] }
        var parts: [Block] = []
        var rest = block
        var start = 0
        for (cut, place) in zip(cuts, places) {
            var part = rest
            part.text = Array(block.text[start..<cut - 1])
            (part.endLine, part.endColumn) = (place.line - 1, 0)
            parts.append(part)
            (rest.startLine, rest.startColumn) = (place.line, place.column)
            start = cut
        }
        rest.text = Array(block.text[start...])
        return parts + [rest]
    }

    /// The first of the footnotes for which `isBehind` holds, which it does for all those behind it.
    private func partition(_ isBehind: (MarkdownDefinitions.Place) -> Bool) -> Int {
        var (low, high) = (0, footnotes.count)
        while low < high {
            let middle = (low + high) / 2
            if isBehind(footnotes[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Where the text of a block begins.
    private func start(of node: OpaquePointer) -> MarkdownDefinitions.Place {
        var place = MarkdownDefinitions.Place(
            line: Int(unsafe cmark_node_get_start_line(node)),
            column: Int(unsafe cmark_node_get_start_column(node)))
        switch unsafe cmark_node_get_type(node) {
        case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING:
            // For cmark it begins with the definitions above it.
            while let next = definitions[place] { place = next }
        default:
            // A row is given the column of its table's first line.
            if unsafe typeName(node) == "table_row" { place.column = 0 }
        }
        return place
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
            blocks[index + 1].startColumn = 0
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
