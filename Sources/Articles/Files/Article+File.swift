internal import Model

extension Article {
    /// The article that is a whole file.
    init(_ file: FoundFile, text: [UInt8] = [], paragraphs: [Paragraph] = []) {
        self.init(id: file.id, text: text, paragraphs: paragraphs)
        isFile = true
    }
}
