internal import Model

extension BlockBuilder {
    /// A row of a table that is open.
    struct Row {
        /// The first paragraph that it could have.
        var first: Int
        /// The paragraphs in it that are in no row inside it.
        var paragraphs: [Int] = []
        /// For each cell, the first paragraph that it could have.
        var cells: [Int] = []
    }

    /// What stands between two cells of a row, so that no word joins them.
    static let cellSeparator = Array(" | ".utf8)

    /// Joins the cells of a row to one paragraph, if it is a row of data: no cell has more than one paragraph.
    ///
    /// Other tables lay out a page. What is in their cells are the paragraphs of the page.
    mutating func join(_ row: Row) {
        let first = row.first
        let hasRowsInside = row.paragraphs.count != paragraphs.count - first
        let bounds = [first] + row.cells + [paragraphs.count]
        let isData = !hasRowsInside && zip(bounds, bounds.dropFirst()).allSatisfy { $1 - $0 <= 1 }
        guard isData else {
            for index in row.paragraphs where paragraphs[index].kind == .table {
                setKind(.text, ofParagraph: index)
            }
            return
        }
        guard row.paragraphs.count > 1 else { return }
        var joined: [UInt8] = []
        for paragraph in paragraphs[first...] {
            if !joined.isEmpty { joined += Self.cellSeparator }
            joined += text[paragraph.text].map { $0 == 0x0A ? 0x20 : $0 }
        }
        replace(from: first, with: joined, kind: .table)
    }
}
