internal import Model

/// What the head of a page says about it.
struct HTMLMetadata {
    /// The content of the page's `title` element, as found.
    var title: [UInt8] = []
    private var socialTitle: [UInt8] = []
    /// The date found so far, and its place in ``dateNames``.
    private var metaDate: (rank: Int, value: [UInt8])?
    private var firstTime: [UInt8] = []

    /// Names of `meta` elements that tell when an article came out, the most telling first.
    private static let dateNames = [
        "article:published_time", "datepublished", "pubdate", "publishdate", "publish_date", "dc.date.issued",
        "dcterms.issued", "dc.date", "dcterms.date", "date",
    ].map { Array($0.utf8) }

    /// The title of the page, white space collapsed; empty when it has none.
    var bestTitle: [UInt8] {
        let found = Self.collapsed(title)
        return found.isEmpty ? Self.collapsed(socialTitle) : found
    }

    /// When it came out, as found; empty when nothing tells.
    var date: [UInt8] { metaDate?.value ?? firstTime }

    /// Looks at a `meta` element.
    ///
    /// - Parameter attribute: gives the value of an attribute.
    mutating func take(name attribute: (StaticString) -> [UInt8]?) {
        guard let name = attribute("property") ?? attribute("name") ?? attribute("itemprop"),
            let content = attribute("content"), !content.isEmpty
        else { return }
        let lower = name.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        if lower.elementsEqual("og:title".utf8) {
            if socialTitle.isEmpty { socialTitle = content }
        } else if let rank = Self.dateNames.firstIndex(of: lower), rank < metaDate?.rank ?? .max {
            metaDate = (rank, Self.collapsed(content))
        }
    }

    /// Looks at the `datetime` of a `time` element.
    mutating func takeTime(_ value: [UInt8]?) {
        if firstTime.isEmpty, let value { firstTime = Self.collapsed(value) }
    }

    /// A text on one line.
    static func collapsed(_ text: [UInt8]) -> [UInt8] {
        var builder = BlockBuilder(lines: LineNumbers([]))
        unsafe text.withUnsafeBufferPointer { unsafe builder.append($0, source: 0..<0) }
        builder.endParagraph()
        return builder.text
    }
}
