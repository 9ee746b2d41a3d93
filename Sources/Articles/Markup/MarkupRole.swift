internal import Model

/// What an element of HTML means for the paragraphs of a document.
enum MarkupRole: Equatable {
    /// Part of the text around it.
    case inline
    /// Begins and ends paragraphs.
    case block
    case heading(level: Int)
    case listItem
    case quote
    /// White space stands as it is.
    case preformatted
    case row
    case cell
    /// Ends a line inside a paragraph.
    case lineBreak
    /// Not text that a reader of the page reads; the paragraph around it goes on.
    case dropped
    /// The same, and the paragraph around it ends.
    case droppedBlock

    /// The role of HTML's elements by their name in lower case; ``inline`` for all others.
    ///
    /// Controls are dropped, forms are not: there are sites that wrap every page in one. So are `aside`, `header` and
    /// `footer` kept, which articles use for notes, titles and sources; `nav` holds links alone.
    static func ofHTML(_ name: String) -> MarkupRole { table[name] ?? .inline }

    private static let table: [String: MarkupRole] = {
        var table: [String: MarkupRole] = [:]
        func add(_ role: MarkupRole, _ names: String) {
            for name in names.split(separator: " ") { table[String(name)] = role }
        }
        add(
            .block,
            """
            address article aside body caption center details dialog dir div dl fieldset figcaption figure footer form \
            frameset head header hgroup hr html legend main menu ol optgroup p search section summary table tbody tfoot \
            thead ul
            """)
        for level in 1...6 { table["h\(level)"] = .heading(level: level) }
        add(.listItem, "li dt dd")
        add(.quote, "blockquote")
        add(.preformatted, "pre listing plaintext xmp")
        add(.row, "tr")
        add(.cell, "td th")
        add(.lineBreak, "br")
        // What stands for a page that a browser shows otherwise, and what it draws instead of setting it as text.
        add(
            .dropped,
            "script style noscript template title iframe noembed object applet svg math canvas audio video map")
        add(.dropped, "button select option datalist textarea input output progress meter")
        // The reading of a character, which would stand inside its word.
        add(.dropped, "rt rp rtc")
        add(.droppedBlock, "nav noframes")
        return table
    }()

    /// Whether the attributes of an element say that it is not to be shown.
    ///
    /// - Parameter attribute: gives the value of an attribute.
    static func isHidden(_ attribute: (StaticString) -> [UInt8]?) -> Bool {
        // "until-found" is shown to those who search for it.
        if let hidden = attribute("hidden"), !hidden.elementsEqual("until-found".utf8) { return true }
        if let hidden = attribute("aria-hidden"), hidden.elementsEqual("true".utf8) { return true }
        return attribute("style").map { hides(style: $0) } ?? false
    }

    /// Whether a `style` attribute hides its element. `visibility` does not count: pages set it until they are loaded.
    private static func hides(style: [UInt8]) -> Bool {
        let compact = style.lazy.filter { $0 > 0x20 }.map { $0 | 0x20 }
        var matched = 0
        // A prefix of the wanted text that ends it again is one character long, "d" after "d" at most.
        for byte in compact {
            if byte == wanted[matched] { matched += 1 } else { matched = byte == wanted[0] ? 1 : 0 }
            if matched == wanted.count { return true }
        }
        return false
    }

    private static let wanted = Array("display:none".utf8).map { $0 | 0x20 }
}
