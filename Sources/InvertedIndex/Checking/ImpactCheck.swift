internal import Bytes
internal import Model

/// Verifies that the impacts kept of blocks of postings really bound those of their postings: a search passes over
/// blocks by them, and one that is too small would lose hits without a word.
struct ImpactCheck {
    private let paragraphs: [UInt8]
    private let titles: [UInt8]

    /// Reads the codes of all lengths, and compares the scales of impacts with what these lengths give.
    init(_ reader: SegmentReader) throws(FormatError) {
        func codes(_ table: LengthTable) throws(FormatError) -> [UInt8] {
            try unsafe table.withUnsafeBytes { unsafe Array($0) }
        }
        paragraphs = try codes(reader.articles.paragraphLengths)
        titles = try codes(reader.articles.titleLengths)
        let shape = SegmentShape(
            paragraphs: paragraphs, bodyLength: reader.info.bodyLength, titles: titles,
            titleLength: reader.info.titleLength)
        guard shape.paragraphScale.average == reader.dictionary.paragraphScale.average,
            shape.titleScale.average == reader.dictionary.titleScale.average
        else {
            throw .malformed(file: reader.dictionary.file, offset: Envelope.headerSize, rule: .countMismatch)
        }
    }

    /// Compares the impacts of a term's blocks with those of their postings.
    func check(_ entry: TermEntry, field: Field, in reader: SegmentReader) throws(FormatError) {
        guard entry.isLong else { return }
        let lengths = field.isOfArticles ? titles : paragraphs
        let scale = field.isOfArticles ? reader.dictionary.titleScale : reader.dictionary.paragraphScale
        let bounds = try reader.cursor(entry, field: field)
        var blocks: [(first: UInt32, last: UInt32, impact: UInt8)] = []
        try unsafe reader.cursor(entry, field: field).forEachBlock { documents, frequencies in
            let impact = unsafe scale.greatest(documents.span, frequencies.span, lengths: lengths)
            guard let first = unsafe documents.first, let last = unsafe documents.last else { return }
            blocks.append((first, last, impact))
        }
        for (number, block) in blocks.enumerated() {
            let group = number / PostingsFormat.groupSize * PostingsFormat.groupSize
            // The rest after the last block, and the last group, count in the greatest impact only.
            let summaries = [try bounds.summary(ofBlock: number), try bounds.summary(ofGroupFrom: group)]
            let isBound = summaries.compactMap(\.self).allSatisfy {
                block.impact <= $0.impact && $0.range.contains(block.first) && $0.range.contains(block.last)
            }
            guard isBound, block.impact <= bounds.greatestImpact else {
                throw reader.dictionary.files.error(entry, .impactTooSmall)
            }
        }
    }
}
