internal import Model

/// Takes the XML of a part of a .docx, and gives its paragraphs.
///
/// Left out: deleted text (`del`, `moveFrom`), the codes of fields, hidden text, the readings of `ruby`, what an older
/// program is to show instead (`Fallback`), and the marks between text and notes. Prefixes do not count: what a name means
/// is the same in every namespace that has text.
struct WordText: XMLSink {
    /// A paragraph that is open.
    private struct OpenParagraph {
        var style: [UInt8] = []
        var outline: Int?
        var isItem = false
        /// What ``BlockBuilder`` takes it for, once its properties are known.
        var role: MarkupRole?
    }

    fileprivate enum Element {
        case paragraph, paragraphProperties, run, runProperties, text
        case block(MarkupRole)
        case other
    }

    private static let dropped: Set<String> = [
        "del", "moveFrom", "delText", "instrText", "delInstrText", "Fallback", "rt", "tabs", "sdtPr", "rPrChange",
        "pPrChange", "sectPrChange", "tblPrChange", "trPrChange", "tcPrChange",
    ]
    private static let withAttributes: Set<String> = [
        "pStyle", "numId", "outlineLvl", "vanish", "footnote", "endnote",
    ]

    private let bytes: [UInt8]
    private let styles: WordStyles?
    private var builder = BlockBuilder(lines: LineNumbers([]))
    private var elements: [Element] = []
    private var paragraphs: [OpenParagraph] = []
    /// Whether each open run is hidden.
    private var runs: [Bool] = []
    /// Elements that are open inside one that is dropped, that one included.
    private var droppedDepth = 0
    private var starts: [Int] = []

    /// - Parameter bytes: the part, UTF-8, that texts are cut out of.
    init(_ bytes: [UInt8], _ styles: WordStyles?) {
        self.bytes = bytes
        self.styles = styles
    }

    /// The paragraphs so far, and how many the part has, empty ones too. The line of each is its number among these; that of
    /// a row of a table, the number of its first.
    mutating func finish() -> (blocks: Article, count: Int) {
        builder.endParagraph()
        var blocks = Article(id: [], text: builder.text, paragraphs: builder.paragraphs)
        let numbers = LineNumbers(starts: starts)
        for index in blocks.paragraphs.indices {
            let source = blocks.paragraphs[index].source
            blocks.paragraphs[index].source.line = numbers.line(of: source.bytes.lowerBound)
        }
        return (blocks, starts.count)
    }

    // MARK: Elements

    func wantsAttributes(of name: [UInt8]) -> Bool { Self.withAttributes.contains(Self.local(name)) }

    private static func local(_ name: [UInt8]) -> String {
        let start = name.firstIndex(of: UInt8(ascii: ":")).map { $0 + 1 } ?? 0
        return String(decoding: name[start...], as: UTF8.self)
    }

    mutating func open(_ name: [UInt8], attributes: [(name: XMLEvents.Name, value: [UInt8])], at offset: Int) {
        let name = Self.local(name)
        guard droppedDepth == 0, !Self.dropped.contains(name) else {
            droppedDepth += 1
            return
        }
        func attribute(_ name: String) -> [UInt8] { attributes.first { $0.name.local == name }?.value ?? [] }
        switch name {
        case "p":
            builder.open(.block)
            starts.append(offset)
            paragraphs.append(OpenParagraph())
            elements.append(.paragraph)
        case "pPr": elements.append(.paragraphProperties)
        case "r":
            runs.append(false)
            elements.append(.run)
        case "rPr": elements.append(.runProperties)
        case "t": elements.append(.text)
        case "tbl", "txbxContent": openBlock(.block)
        case "tr": openBlock(.row)
        case "tc": openBlock(.cell)
        case "footnote", "endnote":
            // Notes that are none: the lines above notes, and what says that they go on.
            let type = attribute("type")
            if !type.isEmpty, !type.elementsEqual("normal".utf8) { droppedDepth = 1 } else { openBlock(.block) }
        default:
            property(name, value: attribute("val"))
            elements.append(.other)
        }
    }

    private mutating func openBlock(_ role: MarkupRole) {
        builder.open(role)
        elements.append(.block(role))
    }

    /// Takes an element that holds nothing.
    private mutating func property(_ name: String, value: [UInt8]) {
        switch elements.last {
        case .run?:
            switch name {
            case "tab", "ptab": append(" ", from: 0..<0)
            case "br", "cr":
                builder.open(.lineBreak)
                builder.close(.lineBreak)
            case "noBreakHyphen": append("-", from: 0..<0)
            default: break
            }
        case .runProperties? where name == "vanish" && elements.dropLast().last?.isRun == true:
            let isOff = ["0", "false", "off"].contains { value.elementsEqual($0.utf8) }
            if !runs.isEmpty { runs[runs.count - 1] = !isOff }
        default:
            guard let last = paragraphs.indices.last, paragraphs[last].role == nil else { return }
            switch name {
            case "pStyle": paragraphs[last].style = value
            case "outlineLvl": paragraphs[last].outline = WordStyles.level(ofOutline: value) ?? 0
            case "numId": paragraphs[last].isItem = !value.elementsEqual("0".utf8)
            default: break
            }
        }
    }

    mutating func close() {
        guard droppedDepth == 0 else {
            droppedDepth -= 1
            return
        }
        switch elements.popLast() {
        case .paragraph?:
            if let role = paragraphs.popLast()?.role { builder.close(role) }
            builder.close(.block)
        case .paragraphProperties?: settleRole()
        case .run?: _ = runs.popLast()
        case .block(let role)?: builder.close(role)
        default: break
        }
    }

    /// Opens what a paragraph is, now that its properties are known.
    private mutating func settleRole() {
        guard let last = paragraphs.indices.last, paragraphs[last].role == nil else { return }
        let paragraph = paragraphs[last]
        // A level of 0 says that this is text, whatever its style.
        let level = paragraph.outline ?? styles?.level(of: paragraph.style) ?? 0
        guard level > 0 || paragraph.isItem else { return }
        let role: MarkupRole = level > 0 ? .heading(level: level) : .listItem
        paragraphs[last].role = role
        builder.open(role)
    }

    // MARK: Text

    mutating func take(_ text: UnsafeRawBufferPointer, from raw: Range<Int>) {
        guard droppedDepth == 0, case .text? = elements.last, runs.last != true else { return }
        let source = unsafe bytes.withUnsafeBufferPointer { unsafe RawTrim.trim($0, raw, dropsTags: false) }
        unsafe builder.append(text.assumingMemoryBound(to: UInt8.self), source: source)
    }

    private mutating func append(_ text: StaticString, from source: Range<Int>) {
        guard runs.last != true else { return }
        unsafe builder.append(
            UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount), source: source)
    }

    var textCount: Int { 0 }

    mutating func setSection(_ section: Range<Int>, ofTextsFrom first: Int) {}
}

extension WordText.Element {
    fileprivate var isRun: Bool { if case .run = self { true } else { false } }
}
