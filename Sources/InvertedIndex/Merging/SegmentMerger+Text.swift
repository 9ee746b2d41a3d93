internal import Bytes

extension SegmentMerger {
    /// Writes the stored paragraphs; gives the file's size.
    func writeText() throws(IndexError) -> UInt64 {
        let writer = try StoredTextWriter(segment: id, in: storage)
        for input in inputs {
            let reader = StoredTextReader(input.reader.text)
            var next = 0
            while let run = input.paragraphs.run(from: next) {
                try copy(run, from: reader, to: writer)
                next = run.upperBound
            }
        }
        return try writer.finish()
    }

    /// Copies paragraphs that follow each other and are all live: whole frames lie within such a run.
    private func copy(_ run: Range<Int>, from reader: StoredTextReader, to writer: StoredTextWriter)
        throws(IndexError)
    {
        for ordinal in run {
            try checkCancelled()
            let paragraph = try IndexError.format { () throws(FormatError) in try reader.paragraph(ordinal) }
            try writer.add(paragraph.text[...], source: paragraph.source, kind: paragraph.kind)
        }
    }
}
