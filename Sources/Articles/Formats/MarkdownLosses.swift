internal import CCMark

/// What cmark leaves out of its tree though it is text: footnotes that nothing refers to, and cells of a row beyond those of
/// the table's head.
///
/// The tree tells what is a table and which footnotes are left, so that text is parsed again only if there was a loss.
struct MarkdownLosses {
    private let text: ArraySlice<UInt8>
    private var footnotes: [MarkdownDefinitions.Footnote]
    /// The footnotes that became text, in no order.
    private(set) var hidden: [MarkdownDefinitions.Footnote] = []
    private let holdsBars: Bool
    private var rounds = 0

    /// Rounds in which footnotes are told apart. A footnote that becomes text may take the references in it along, and those
    /// it referred to are lost then; in a chain of them each needs a round of its own. After these all become text.
    private static let roundLimit = 3

    init(_ text: ArraySlice<UInt8>, _ footnotes: [MarkdownDefinitions.Footnote]) {
        self.text = text
        self.footnotes = footnotes
        holdsBars = text.contains(UInt8(ascii: "|"))
    }

    /// Hides from cmark the marks for which text is missing in the tree that it made of `mask`.
    /// - Returns: whether there are any, so that the text is to be parsed again. Not true forever: a mark is hidden once, and
    ///   beyond some rounds there are no footnotes.
    mutating func hide(from root: OpaquePointer, in mask: inout MarkdownMask) -> Bool {
        guard !mask.isUnable, holdsBars || !footnotes.isEmpty else { return false }
        var kept: Set<Place> = []
        var rows: [Row] = []
        unsafe Self.collect(root, &kept, &rows)
        let before = mask.text
        var lost = footnotes.filter { !kept.contains($0.text) }
        if !lost.isEmpty {
            rounds += 1
            if rounds > Self.roundLimit { lost = footnotes }
            let places = Set(lost.map(\.marks.bracket))
            footnotes.removeAll { places.contains($0.marks.bracket) }
            for footnote in lost { mask.hide(footnote) }
            hidden += lost
        }
        hideBars(of: rows, in: &mask)
        return !mask.isUnable && mask.text != before
    }

    private typealias Place = MarkdownDefinitions.Place

    private struct Row {
        var line: Int
        /// Columns of its table.
        var columns: Int
    }

    /// Finds the footnotes and rows below `root`, those that head a table left out.
    private static func collect(_ root: OpaquePointer, _ footnotes: inout Set<Place>, _ rows: inout [Row]) {
        var next: OpaquePointer? = unsafe root
        while let node = unsafe next {
            switch unsafe cmark_node_get_type(node) {
            case CMARK_NODE_FOOTNOTE_DEFINITION:
                footnotes.insert(
                    Place(
                        line: Int(unsafe cmark_node_get_start_line(node)),
                        column: Int(unsafe cmark_node_get_start_column(node))))
                unsafe next = unsafe cmark_node_first_child(node)
            case CMARK_NODE_DOCUMENT, CMARK_NODE_BLOCK_QUOTE, CMARK_NODE_LIST, CMARK_NODE_ITEM:
                unsafe next = unsafe cmark_node_first_child(node)
            case CMARK_NODE_PARAGRAPH, CMARK_NODE_HEADING, CMARK_NODE_CODE_BLOCK, CMARK_NODE_HTML_BLOCK,
                CMARK_NODE_THEMATIC_BREAK:
                unsafe next = nil
            default:
                unsafe collectRows(of: node, &rows)
                unsafe next = nil
            }
            // Without one below it, the one behind it, or behind the nearest around it that has one.
            var last = unsafe node
            while unsafe next == nil, unsafe last != root {
                unsafe next = unsafe cmark_node_next(last)
                guard let parent = unsafe cmark_node_parent(last) else { break }
                unsafe last = unsafe parent
            }
        }
    }

    private static func collectRows(of table: OpaquePointer, _ rows: inout [Row]) {
        guard let type = unsafe cmark_node_get_type_string(table), unsafe String(cString: type) == "table",
            let head = unsafe cmark_node_first_child(table)
        else { return }
        var columns = 0
        var cell = unsafe cmark_node_first_child(head)
        while let here = unsafe cell {
            columns += 1
            unsafe cell = unsafe cmark_node_next(here)
        }
        var row = unsafe cmark_node_next(head)
        while let here = unsafe row {
            rows.append(Row(line: Int(unsafe cmark_node_get_start_line(here)), columns: columns))
            unsafe row = unsafe cmark_node_next(here)
        }
    }

    private func hideBars(of rows: [Row], in mask: inout MarkdownMask) {
        guard !rows.isEmpty else { return }
        var starts = [text.startIndex]
        for (index, byte) in zip(text.indices, text) where byte == 0x0A || byte == 0x0D {
            if byte == 0x0D, index + 1 < text.endIndex, text[index + 1] == 0x0A { continue }
            starts.append(index + 1)
        }
        for row in rows where (1...starts.count).contains(row.line) {
            for place in Self.surplusBars(text[starts[row.line - 1]...], columns: row.columns) { mask.hide(place) }
        }
    }

    /// The bars of a row, which begins a text, that stand before cells with text beyond the last column.
    private static func surplusBars(_ text: ArraySlice<UInt8>, columns: Int) -> [Int] {
        let line = text.prefix { $0 != 0x0A && $0 != 0x0D }
        var row = line.drop { $0 == 0x20 || $0 == 0x09 || $0 == UInt8(ascii: ">") }
        if row.first == UInt8(ascii: "|") { row.removeFirst() }
        var cells = 1
        var surplus: [Int] = []
        // Those of them that have text behind them.
        var count = 0
        for (index, byte) in zip(row.indices, row) {
            if byte == UInt8(ascii: "|"), index == row.startIndex || row[index - 1] != UInt8(ascii: "\\") {
                if cells >= columns { surplus.append(index) }
                cells += 1
            } else if ![0x20, 0x09, 0x0B, 0x0C].contains(byte) {
                count = surplus.count
            }
        }
        return Array(surplus.prefix(count))
    }
}
