internal import Bytes

extension SegmentMerger {
    /// Writes the stored paragraphs; gives the file's size, and the vocabulary that its frames are coded with.
    func writeText() throws(IndexError) -> (size: UInt64, vocabulary: UInt64) {
        let writer = try StoredTextWriter(segment: id, in: storage, vocabularies: vocabularies)
        for input in inputs {
            let text = input.reader.text
            let reader = StoredTextReader(text)
            var next = 0
            while let run = input.paragraphs.run(from: next) {
                try copy(run, of: text, reader, to: writer)
                next = run.upperBound
            }
        }
        let size = try writer.finish()
        return (size, writer.vocabulary)
    }

    /// Copies paragraphs that follow each other and are all live: whole frames as they are, others one by one.
    private func copy(
        _ run: Range<Int>, of text: StoredText, _ reader: StoredTextReader, to writer: StoredTextWriter
    )
        throws(IndexError)
    {
        var ordinal = run.lowerBound
        while ordinal < run.upperBound {
            try checkCancelled()
            let (number, frame) = try IndexError.format { () throws(FormatError) in
                let number = try text.frame(of: ordinal)
                return (number, try text.paragraphs(ofFrame: number))
            }
            if frame.lowerBound == ordinal, frame.upperBound <= run.upperBound {
                try writer.append(frame: number, of: text)
                ordinal = frame.upperBound
            } else {
                let paragraph = try IndexError.format { () throws(FormatError) in try reader.paragraph(ordinal) }
                try writer.add(paragraph.text[...], source: paragraph.source, kind: paragraph.kind)
                ordinal += 1
            }
        }
    }
}
