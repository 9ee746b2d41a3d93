/// Follows the tags in a paragraph, which cmark tells apart but does not pair, and takes out the text of elements that are
/// not shown, such as scripts.
///
/// Only from a tag to its end: whoever writes about `<title>` and does not mark it as code has a tag without one, and
/// what follows is to be found.
struct DroppedElements {
    /// Open elements whose text is to go, and where it begins.
    private var open: [(name: String, start: Int)] = []
    /// How many of each are open: in a text of end tags each would look through all.
    private var counts: [String: Int] = [:]
    private var rubies = 0

    /// - Parameter text: what comes before the tag; a line break is added to it, and of an element that ends here the text
    ///   removed.
    mutating func take(_ tag: String.UTF8View, _ text: inout [UInt8]) {
        let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
        let name = String(decoding: tag.dropFirst(isEnd ? 2 : 1).prefix { $0 | 0x20 >= 0x61 }, as: UTF8.self)
            .lowercased()
        let role = MarkupRole.ofHTML(name)
        if role == .lineBreak { text.append(0x0A) }
        // In a ruby a reading ends where the next one begins, or the ruby ends.
        let isReading = name == "rt" || name == "rp"
        if rubies > 0, isReading && !isEnd || name == "ruby" && isEnd, let last = open.last?.name,
            last == "rt" || last == "rp"
        {
            close(open.count - 1, &text)
        }
        if name == "ruby" { rubies = max(0, rubies + (isEnd ? -1 : 1)) }
        // An input has no end.
        guard role == .dropped, name != "input" else { return }
        if !isEnd {
            open.append((name, text.count))
            counts[name, default: 0] += 1
        } else if counts[name, default: 0] > 0, let index = open.lastIndex(where: { $0.name == name }) {
            close(index, &text)
        }
    }

    private mutating func close(_ index: Int, _ text: inout [UInt8]) {
        text.removeSubrange(open[index].start...)
        for element in open[index...] { counts[element.name, default: 0] -= 1 }
        open.removeSubrange(index...)
    }
}
