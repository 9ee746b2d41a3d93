internal import Model

/// Given an XML file, gives its articles: the items of a feed, or one.
///
/// The parser is expat; what is not well formed is read by ``LenientXML``, and said to be so. A document whose root is
/// `html` is read as a page: by its elements when it is well formed, else by ``HTMLReader``.
enum XMLReader {
    /// - Parameter problems: takes a warning when the file is not well formed.
    static func articles(
        _ bytes: [UInt8], file: FoundFile, problems: inout [ArticlesError]
    ) throws(ArticlesError) -> [Article] {
        var start = TextCheck.byteOrderMark(bytes)
        // White space before the declaration is the commonest fault of feeds, and harms nothing.
        while start < bytes.count, BlockBuilder.isSpace(bytes[start]) { start += 1 }
        // An empty file is no document, and nothing of it is lost.
        if start == bytes.count { return [try HTMLReader.article(bytes, file: file)] }
        let lines = LineNumbers(bytes)
        let events: XMLEvents
        let (parsed, failure) = ExpatParser.parse(bytes, from: start)
        if let parsed {
            events = parsed
        } else {
            events = LenientXML.parse(bytes, from: start)
            problems.append(.notWellFormed(file.path, line: lines.line(of: failure), offset: failure))
            if rootName(events) == "html" || events.isEmpty { return [try HTMLReader.article(bytes, file: file)] }
        }
        if rootName(events) == "html" { return [page(events, bytes, lines, file)] }
        let items = FeedReader(events, bytes: bytes, lines: lines, file: file).articles()
        return items.isEmpty ? [document(events, bytes, lines, file)] : items
    }

    /// The article of a page that begins as XML and is well formed; nil when it is not.
    ///
    /// HTML takes `<script/>` and `<title/>` for tags that open, and drops what follows them.
    static func xhtml(_ bytes: [UInt8], file: FoundFile) -> Article? {
        let start = TextCheck.byteOrderMark(bytes)
        guard bytes[start...].starts(with: "<?xml".utf8), let events = ExpatParser.parse(bytes, from: start).events,
            rootName(events) == "html"
        else { return nil }
        return page(events, bytes, LineNumbers(bytes), file)
    }

    static func rootName(_ events: XMLEvents) -> String? {
        events.isEmpty ? nil : events.name(of: 0).local
    }

    private static func page(_ events: XMLEvents, _ bytes: [UInt8], _ lines: LineNumbers, _ file: FoundFile)
        -> Article
    {
        var builder = BlockBuilder(lines: lines)
        var blocks = XMLBlocks(events, .html)
        blocks.add(events.list.indices, of: bytes, to: &builder)
        return HTMLReader.article(from: &builder, blocks.metadata, file: file)
    }

    private static func document(
        _ events: XMLEvents, _ bytes: [UInt8], _ lines: LineNumbers, _ file: FoundFile
    ) -> Article {
        var builder = BlockBuilder(lines: lines)
        var blocks = XMLBlocks(events, .any)
        blocks.add(events.list.indices, of: bytes, to: &builder)
        builder.endParagraph()
        var article = Article(file, text: builder.text, paragraphs: builder.paragraphs)
        article.title = firstText(of: ["title", "headline", "hl1"], events)
        if article.title.isEmpty { article.title = file.stem }
        article.date = firstText(of: ["pubdate", "published", "date", "issued", "created"], events)
        return article
    }

    /// The text of the first element of one of these names that has any.
    private static func firstText(of names: [String], _ events: XMLEvents) -> [UInt8] {
        let wanted = events.names.map { names.contains($0.local) }
        for element in events.elements where element.hasText && wanted[element.name] {
            return HTMLMetadata.collapsed(events.joinedText(element.content).bytes)
        }
        return []
    }
}
