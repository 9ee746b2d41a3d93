internal import Model

/// Given the events of a feed (RSS 0.9 to 2.0, RDF, Atom), gives an article an item.
///
/// | article | from, the first that is there |
/// |---|---|
/// | id | `guid` or `id`, else `rdf:about`, else `link`, else the file's id, `#` and the item's number |
/// | title | `title` |
/// | date | `pubDate`, `published`, `dc:date`, `issued`, `created`, `updated`, `modified` |
/// | text | `content:encoded`, `content`, `body`, `description`, `summary`, else the title |
///
/// An id that an earlier item had gets `#` and the item's number after it.
struct FeedReader {
    private let events: XMLEvents
    private let bytes: [UInt8]
    private let lines: LineNumbers
    private let file: FoundFile
    /// The name of the elements that are articles.
    private let itemName: String

    init(_ events: XMLEvents, bytes: [UInt8], lines: LineNumbers, file: FoundFile) {
        self.events = events
        self.bytes = bytes
        self.lines = lines
        self.file = file
        switch events.isEmpty ? "" : events.name(of: 0).local {
        case "rss", "rdf", "channel": itemName = "item"
        case "feed": itemName = "entry"
        default: itemName = ""
        }
    }

    /// The articles; none when the document is not a feed.
    func articles() -> [Article] {
        guard !itemName.isEmpty else { return [] }
        var articles: [Article] = []
        var ids: Set<[UInt8]> = []
        var index = 0
        while index < events.list.count {
            defer { index += 1 }
            guard case .open(let element) = events.list[index], events.name(of: element).local == itemName,
                ["", "rss", "atom", "rdf"].contains(events.name(of: element).prefix)
            else { continue }
            var article = article(element)
            let number = Array("#\(articles.count + 1)".utf8)
            if article.id.isEmpty { article.id = file.id + number }
            while !ids.insert(article.id).inserted { article.id += number }
            articles.append(article)
            index = events.elements[element].content.upperBound
        }
        return articles
    }

    private static let ids = ["guid", "id"]
    private static let dates = [
        "pubdate", "published", "dc:date", "date", "issued", "dcterms:issued", "created", "dcterms:created",
        "updated",
        "modified", "dcterms:modified",
    ]
    private static let contents = [
        "content:encoded", "encoded", "content", "body", "xhtml:body", "description", "summary",
    ]

    private func article(_ item: Int) -> Article {
        var article = Article(id: [])
        var about = events.attribute("rdf:about", of: item) ?? []
        var link: [UInt8] = []
        var title: Int?
        var date: (rank: Int, element: Int)?
        var content: (rank: Int, element: Int)?
        for field in fields(of: item) {
            var name = events.name(of: field)
            if name.prefix == "atom" || name.prefix == "rss" { name.prefix = "" }
            let full = name.prefix.isEmpty ? name.local : "\(name.prefix):\(name.local)"
            if Self.ids.contains(full), article.id.isEmpty { article.id = text(of: field) }
            if full == "title", title == nil { title = field }
            if full == "link", link.isEmpty { link = self.link(field) }
            if let rank = Self.dates.firstIndex(of: full), rank < date?.rank ?? .max, events.elements[field].hasText
            {
                date = (rank, field)
            }
            // An element without any text leaves its place to the next.
            if let rank = Self.contents.firstIndex(of: full), rank < content?.rank ?? .max,
                events.elements[field].hasText || events.hasElements(events.elements[field].content)
            {
                content = (rank, field)
            }
        }
        if about.isEmpty { about = link }
        if article.id.isEmpty { article.id = about }
        if let date { article.date = text(of: date.element) }
        if let title { article.title = headline(title) }
        var builder = BlockBuilder(lines: lines)
        if let content { add(content.element, to: &builder) }
        builder.endParagraph()
        if builder.paragraphs.isEmpty, let title {
            builder.open(.heading(level: 1))
            add(title, to: &builder)
            builder.close(.heading(level: 1))
        }
        article.text = builder.text
        article.paragraphs = builder.paragraphs
        return article
    }

    /// The elements right inside an item.
    private func fields(of item: Int) -> [Int] {
        var fields: [Int] = []
        let content = events.elements[item].content
        var index = content.lowerBound
        while index < content.upperBound {
            if case .open(let field) = events.list[index] {
                fields.append(field)
                index = events.elements[field].content.upperBound
            }
            index += 1
        }
        return fields
    }

    private func text(of field: Int) -> [UInt8] {
        HTMLMetadata.collapsed(events.joinedText(events.elements[field].content).bytes)
    }

    /// The page that an item is about: RSS has it as text, Atom as an attribute of a link that is no other kind.
    private func link(_ field: Int) -> [UInt8] {
        guard let address = events.attribute("href", of: field) else { return text(of: field) }
        let relation = events.attribute("rel", of: field) ?? []
        return relation.isEmpty || relation.elementsEqual("alternate".utf8) ? address : []
    }

    /// A title, markup in it left out.
    private func headline(_ field: Int) -> [UInt8] {
        var builder = BlockBuilder(lines: lines)
        add(field, to: &builder)
        builder.endParagraph()
        return Array(builder.paragraphs.map { builder.text[$0.text] }.joined(separator: [0x20]))
    }

    /// Adds the text of a field: elements of XHTML, or HTML that is escaped, or text.
    private func add(_ field: Int, to builder: inout BlockBuilder) {
        let content = events.elements[field].content
        if events.hasElements(content) {
            var blocks = XMLBlocks(events, .html)
            blocks.add(content, of: bytes, to: &builder)
            return
        }
        let (text, map) = events.joinedText(content)
        var metadata = HTMLMetadata()
        if Self.looksLikeHTML(text), !isPlain(field),
            HTMLReader.read(text[...], map, into: &builder, &metadata)
        {
            return
        }
        addLines(of: text, map, to: &builder)
    }

    /// Whether an Atom element says that what looks like markup in it is text.
    private func isPlain(_ field: Int) -> Bool {
        guard let type = events.attribute("type", of: field) else { return false }
        return type.elementsEqual("text".utf8) || type.elementsEqual("text/plain".utf8)
    }

    /// Each line of a text without markup is a paragraph.
    private func addLines(of text: [UInt8], _ map: PositionMap, to builder: inout BlockBuilder) {
        unsafe text.withUnsafeBufferPointer { text in
            var start = 0
            while start < text.count {
                let end = unsafe text[start...].firstIndex(of: 0x0A) ?? text.count
                let line = unsafe WhiteSpace.trim(text, start..<end)
                unsafe builder.append(UnsafeBufferPointer(rebasing: text[line]), source: map.raw(line))
                builder.endParagraph()
                start = end + 1
            }
        }
    }

    /// Whether there is a tag or a reference in a text.
    private static func looksLikeHTML(_ text: [UInt8]) -> Bool {
        for (byte, next) in zip(text, text.dropFirst()) where byte == 0x3C || byte == 0x26 {
            let isLetter = (0x41...0x5A).contains(next & 0xDF)
            if isLetter || next == (byte == 0x3C ? 0x2F : 0x23) || (byte == 0x3C && next == 0x21) { return true }
        }
        return false
    }
}
