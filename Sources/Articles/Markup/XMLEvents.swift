/// A document of XML as it was met: elements that open and close, and texts, in order.
struct XMLEvents: XMLSink {
    enum Event {
        /// Numbers of an element or a text.
        case open(Int)
        case close(Int)
        case text(Int)
    }

    /// A name in lower case, with what stands before its colon.
    struct Name: Equatable {
        var prefix: String
        var local: String

        init(_ bytes: some Sequence<UInt8>) {
            let parts = String(decoding: Array(bytes), as: UTF8.self).lowercased().split(
                separator: ":", maxSplits: 1)
            prefix = parts.count == 2 ? String(parts[0]) : ""
            local = String(parts.last ?? "")
        }
    }

    struct Element {
        /// Number of its name.
        var name: Int
        /// Number of its attributes; nil when it has none.
        var attributes: Int?
        var parent: Int?
        /// Whether it holds text itself, not only in elements inside it.
        var hasText = false
        /// The events after its own opening, up to its closing, which is left out.
        var content: Range<Int>
    }

    struct Text {
        /// Where it lies in ``text``.
        var decoded: Range<Int>
        /// Where it stood in the file.
        var raw: Range<Int>
        /// The section of CDATA, with its marks, that it stood in; without them it would mean something else.
        var section: Range<Int>?
    }

    private(set) var list: [Event] = []
    private(set) var elements: [Element] = []
    private(set) var texts: [Text] = []
    private(set) var names: [Name] = []
    private(set) var attributes: [[(name: Name, value: [UInt8])]] = []
    /// All text, decoded.
    private(set) var text: [UInt8] = []
    private var numbers: [[UInt8]: Int] = [:]
    private var openElements: [Int] = []

    var isEmpty: Bool { elements.isEmpty }

    /// The element that is open.
    var current: Int? { openElements.last }

    mutating func open(_ name: [UInt8], attributes found: [(name: Name, value: [UInt8])]) {
        let number: Int
        if let known = numbers[name] {
            number = known
        } else {
            number = names.count
            numbers[name] = number
            names.append(Name(name))
        }
        if !found.isEmpty { attributes.append(found) }
        list.append(.open(elements.count))
        openElements.append(elements.count)
        elements.append(
            Element(
                name: number, attributes: found.isEmpty ? nil : attributes.count - 1,
                parent: openElements.dropLast().last, content: list.count..<list.count))
    }

    /// Closes the element that is open.
    mutating func close() {
        guard let element = openElements.popLast() else { return }
        elements[element].content = elements[element].content.lowerBound..<list.count
        list.append(.close(element))
    }

    mutating func closeAll() { while !openElements.isEmpty { close() } }

    mutating func append(_ bytes: some Collection<UInt8>, from raw: Range<Int>) {
        guard let element = current, !bytes.isEmpty else { return }
        list.append(.text(texts.count))
        texts.append(Text(decoded: text.count..<text.count + bytes.count, raw: raw))
        text.append(contentsOf: bytes)
        if !elements[element].hasText, bytes.contains(where: { !BlockBuilder.isSpace($0) }) {
            elements[element].hasText = true
        }
    }

    /// Says that all texts from number `first` on stood in a section of CDATA.
    mutating func setSection(_ section: Range<Int>, ofTextsFrom first: Int) {
        for number in texts.indices[first...] { texts[number].section = section }
    }

    // MARK: From the parser

    func wantsAttributes(of name: [UInt8]) -> Bool { true }

    mutating func open(_ name: [UInt8], attributes: [(name: Name, value: [UInt8])], at offset: Int) {
        open(name, attributes: attributes)
    }

    mutating func take(_ text: UnsafeRawBufferPointer, from raw: Range<Int>) { unsafe append(text, from: raw) }

    var textCount: Int { texts.count }

    // MARK: Looking

    func name(of element: Int) -> Name { names[elements[element].name] }

    /// The value of an attribute by its name in lower case, prefix and all or without; nil when it is not there.
    func attribute(_ name: String, of element: Int) -> [UInt8]? {
        guard let number = elements[element].attributes else { return nil }
        return attributes[number].first { found in
            found.name.local == name || "\(found.name.prefix):\(found.name.local)" == name
        }?.value
    }

    /// The text in a range of events, with where it stood.
    func joinedText(_ range: Range<Int>) -> (bytes: [UInt8], map: PositionMap) {
        var bytes: [UInt8] = []
        var map = PositionMap()
        for case .text(let number) in list[range] {
            let found = texts[number]
            bytes += text[found.decoded]
            map.append(found.decoded.count, from: found.raw)
        }
        return (bytes, map)
    }

    /// Whether there are elements in a range of events.
    func hasElements(_ range: Range<Int>) -> Bool {
        list[range].contains { if case .open = $0 { true } else { false } }
    }
}
