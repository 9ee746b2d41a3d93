/// What looks like the definition of a link (`[label]: destination`) or of a footnote (`[^label]: text`) in a Markdown file.
///
/// cmark takes both out of the text. Here they are found by what stands before them on their line, wherever that is: a
/// few are none for cmark, such as those in code, but none is missed that is one.
struct MarkdownDefinitions {
    /// The marks that make a definition.
    struct Marks {
        var bracket: Int
        var colon: Int
    }

    /// A line, and a byte of it, both from 1, as cmark counts them.
    struct Place: Hashable {
        var line: Int
        var column: Int
    }

    struct Footnote {
        var marks: Marks
        /// Where it begins.
        var start: Place
        /// Where its text begins.
        var text: Place
    }

    /// A definition whose words are those of an address.
    private struct Address {
        var marks: Marks
        var label: ArraySlice<UInt8>
        var place: Place
        /// Where the text of the line behind it begins, unless there is more on its own.
        var end: Int?
    }

    /// Definitions of links that are to stay text: nothing refers to them, or they define in other words than those of an
    /// address.
    private(set) var prose: [Marks] = []
    /// The other ones: where each begins, and where the line behind it has its text.
    private(set) var markup: [Place: Place] = [:]
    private(set) var footnotes: [Footnote] = []

    /// Bytes of a label from which on cmark may take it for none.
    private static let labelLimit = 1000

    let text: ArraySlice<UInt8>

    /// - Complexity: O(n) for a text of n bytes: a label ends at the next bracket, a title at the next mark of its kind.
    init(_ text: ArraySlice<UInt8>) {
        self.text = text
        guard TextCheck.holds(UInt8(ascii: "]"), UInt8(ascii: ":"), text) else { return }
        var addresses: [Address] = []
        var line = 1
        var start = text.startIndex
        while start < text.endIndex {
            let place = skipMarkers(from: start, line)
            if let label = label(at: place), byte(label.endIndex + 1) == UInt8(ascii: ":"),
                label.contains(where: { !Self.isWhiteSpace($0) })
            {
                let marks = Marks(bracket: place, colon: label.endIndex + 1)
                let address = address(from: marks.colon + 1)
                if address.isASCII, label.count < Self.labelLimit {
                    let place = Place(line: line, column: place - start + 1)
                    addresses.append(.init(marks: marks, label: label, place: place, end: address.end))
                } else {
                    prose.append(marks)
                }
            }
            start = nextLine(start)
            line += 1
        }
        addUsed(addresses)
    }

    /// Tells those definitions apart whose label occurs.
    private mutating func addUsed(_ addresses: [Address]) {
        guard !addresses.isEmpty else { return }
        let labels = Set(addresses.map { Self.normalized($0.label) })
        let brackets = Set((addresses.map(\.marks) + prose).map(\.bracket))
        var used: Set<[UInt8]> = []
        var index = text.startIndex
        while index < text.endIndex {
            if text[index] == UInt8(ascii: "["), let label = label(at: index) {
                let name = Self.normalized(label)
                if labels.contains(name), !brackets.contains(index) { used.insert(name) }
            }
            index = skip(index)
        }
        for address in addresses {
            if !used.contains(Self.normalized(address.label)) {
                prose.append(address.marks)
            } else if let end = address.end {
                markup[address.place] = place(of: end, from: address.marks.bracket, address.place.line)
            }
        }
    }

    /// The place of `index`, which stands behind `start` on line `line` or one of those below it.
    private func place(of index: Int, from start: Int, _ line: Int) -> Place {
        var place = Place(line: line, column: 0)
        var start = start
        while let next = Optional(nextLine(start)), next <= index, next < text.endIndex {
            place.line += 1
            start = next
        }
        place.column = index - start + 1
        return place
    }

    // MARK: Lines

    func byte(_ index: Int) -> UInt8? { index < text.endIndex ? text[index] : nil }

    static func isWhiteSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    func isBlank(_ index: Int) -> Bool { byte(index).map { $0 == 0x20 || $0 == 0x09 } ?? false }

    func isAtLineEnd(_ index: Int) -> Bool { byte(index).map { Self.isLineEnd($0) } ?? true }

    /// Where the line behind the one that `index` is on begins.
    func nextLine(_ index: Int) -> Int {
        guard let end = text[index...].firstIndex(where: Self.isLineEnd) else { return text.endIndex }
        return end + (text[end] == 0x0D && byte(end + 1) == 0x0A ? 2 : 1)
    }

    func skipBlanks(_ index: Int) -> Int {
        var index = index
        while isBlank(index) { index += 1 }
        return index
    }

    /// The next character, an escape being one.
    func skip(_ index: Int) -> Int {
        guard text[index] == UInt8(ascii: "\\"), let next = byte(index + 1) else { return index + 1 }
        let isPunctuation = (0x21...0x7E).contains(next) && !isAlphanumeric(next)
        return index + (isPunctuation ? 2 : 1)
    }

    private func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
    }

    /// Where the text of a line begins, behind the marks of quotes, list items and footnotes.
    private mutating func skipMarkers(from start: Int, _ line: Int) -> Int {
        var index = start
        while true {
            index = skipBlanks(index)
            switch byte(index) {
            case UInt8(ascii: ">"): index += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "*"):
                guard isBlank(index + 1) else { return index }
                index += 2
            case .some(0x30...0x39):
                let digits = text[index...].prefix(10).prefix { (0x30...0x39).contains($0) }
                guard let mark = byte(digits.endIndex), mark == UInt8(ascii: ".") || mark == UInt8(ascii: ")"),
                    isBlank(digits.endIndex + 1)
                else { return index }
                index = digits.endIndex + 2
            case UInt8(ascii: "["):
                guard let colon = colonOfFootnote(at: index) else { return index }
                let end = skipBlanks(colon + 1)
                footnotes.append(
                    .init(
                        marks: .init(bracket: index, colon: colon),
                        start: .init(line: line, column: index - start + 1),
                        text: .init(line: line, column: end - start + 1)))
                index = end
            default: return index
            }
        }
    }

    private func colonOfFootnote(at bracket: Int) -> Int? {
        guard byte(bracket + 1) == UInt8(ascii: "^"),
            let end = text[(bracket + 2)...].firstIndex(where: { [0x5D, 0x20, 0x09, 0x0A, 0x0D].contains($0) }),
            text[end] == UInt8(ascii: "]"), end > bracket + 2, byte(end + 1) == UInt8(ascii: ":")
        else { return nil }
        return end + 1
    }

    // MARK: Parts of a definition

    /// What is between a bracket at `index` and the one that answers it, no other bracket and no blank line between them.
    private func label(at index: Int) -> ArraySlice<UInt8>? {
        guard byte(index) == UInt8(ascii: "[") else { return nil }
        let start = index + 1
        var index = start
        while index < text.endIndex {
            switch text[index] {
            case UInt8(ascii: "]"): return text[start..<index]
            case UInt8(ascii: "["): return nil
            case 0x0A, 0x0D:
                index = nextLine(index)
                if isAtLineEnd(skipBlanks(index)) { return nil }
            default: index = skip(index)
            }
        }
        return nil
    }

    /// A label as labels are compared: white space, and the marks of quotes where a line begins, collapsed, capitals small.
    private static func normalized(_ label: ArraySlice<UInt8>) -> [UInt8] {
        var name: [UInt8] = []
        var isLineStart = false
        var isApart = false
        for byte in label {
            if isWhiteSpace(byte) || isLineStart && byte == UInt8(ascii: ">") {
                isLineStart = isLineStart || isLineEnd(byte)
                isApart = true
            } else {
                if isApart, !name.isEmpty { name.append(0x20) }
                name.append((0x41...0x5A).contains(byte) ? byte | 0x20 : byte)
                (isLineStart, isApart) = (false, false)
            }
        }
        return name
    }
}
