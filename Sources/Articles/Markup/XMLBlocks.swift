internal import Model

/// Gives the events of an XML document to a ``BlockBuilder``.
struct XMLBlocks {
    /// What the names of elements mean.
    enum Vocabulary {
        case html
        /// Any: what stands among text is part of it, every other element is a block.
        case any
    }

    let events: XMLEvents
    let vocabulary: Vocabulary
    private(set) var metadata = HTMLMetadata()

    init(_ events: XMLEvents, _ vocabulary: Vocabulary) {
        self.events = events
        self.vocabulary = vocabulary
    }

    /// Adds the elements and texts of a range of events in which every element that opens closes.
    ///
    /// - Parameter file: the bytes that the texts stood in.
    mutating func add(_ range: Range<Int>, of file: [UInt8], to builder: inout BlockBuilder) {
        var roles: [MarkupRole] = []
        var index = range.lowerBound
        while index < range.upperBound {
            switch events.list[index] {
            case .open(let element):
                let role = role(of: element)
                builder.open(role)
                let content = events.elements[element].content
                if vocabulary == .html { note(element, content) }
                if role == .dropped || role == .droppedBlock || isHidden(element) {
                    builder.close(role)
                    index = content.upperBound
                } else {
                    roles.append(role)
                }
            case .close:
                // Of an element that was opened before `range`, or is left out.
                if let role = roles.popLast() { builder.close(role) }
            case .text(let number):
                let text = events.texts[number]
                unsafe file.withUnsafeBufferPointer { file in
                    var source = unsafe RawTrim.trim(file, text.raw, dropsTags: false)
                    if let section = text.section, !source.isEmpty { source = section }
                    unsafe events.text.withUnsafeBufferPointer {
                        unsafe builder.append(UnsafeBufferPointer(rebasing: $0[text.decoded]), source: source)
                    }
                }
            }
            index += 1
        }
        while let role = roles.popLast() { builder.close(role) }
    }

    private func isHidden(_ element: Int) -> Bool {
        guard vocabulary == .html, events.elements[element].attributes != nil else { return false }
        let name = events.name(of: element).local
        return name != "html" && name != "body"
            && MarkupRole.isHidden { events.attribute($0.description, of: element) }
    }

    /// Takes what a page in XHTML says about itself.
    private mutating func note(_ element: Int, _ content: Range<Int>) {
        switch events.name(of: element).local {
        case "title":
            if metadata.title.isEmpty, events.name(of: element).prefix != "svg" {
                metadata.title = events.joinedText(content).bytes
            }
        case "meta": metadata.take { events.attribute($0.description, of: element) }
        case "time": metadata.takeTime(events.attribute("datetime", of: element))
        default: break
        }
    }

    private func role(of element: Int) -> MarkupRole {
        let name = events.name(of: element).local
        guard vocabulary == .any else { return MarkupRole.ofHTML(name) }
        let role = Self.common[name] ?? .block
        let isAmongText = events.elements[element].parent.map { events.elements[$0].hasText } ?? false
        return isAmongText && role != .lineBreak ? .inline : role
    }

    /// Names that say much the same in the formats people write texts in: DocBook, TEI, JATS, NewsML, HTML.
    private static let common: [String: MarkupRole] = [
        "title": .heading(level: 2), "subtitle": .heading(level: 2), "head": .heading(level: 2),
        "heading": .heading(level: 2), "headline": .heading(level: 1), "hl1": .heading(level: 1),
        "h1": .heading(level: 1), "h2": .heading(level: 2), "h3": .heading(level: 3), "h4": .heading(level: 4),
        "li": .listItem, "item": .listItem, "listitem": .listItem, "list-item": .listItem,
        "blockquote": .quote, "quote": .quote, "disp-quote": .quote, "epigraph": .quote,
        "pre": .preformatted, "programlisting": .preformatted, "literallayout": .preformatted,
        "screen": .preformatted, "tr": .row, "row": .row, "td": .cell, "th": .cell, "entry": .cell, "cell": .cell,
        "br": .lineBreak, "lb": .lineBreak, "rt": .dropped, "rp": .dropped,
    ]
}
