internal import CExpat

/// Takes what a document of XML holds, in order.
protocol XMLSink {
    /// Whether the attributes of elements of this name are wanted.
    func wantsAttributes(of name: [UInt8]) -> Bool
    /// An element opens; its tag begins at byte `offset`.
    mutating func open(_ name: [UInt8], attributes: [(name: XMLEvents.Name, value: [UInt8])], at offset: Int)
    /// The element that opened last and is still open closes.
    mutating func close()
    /// Decoded text, which `raw` became.
    mutating func take(_ text: UnsafeRawBufferPointer, from raw: Range<Int>)
    /// Texts taken so far, if ``setSection(_:ofTextsFrom:)`` wants to know.
    var textCount: Int { get }
    /// All texts from number `first` on stood in a section of CDATA.
    mutating func setSection(_ section: Range<Int>, ofTextsFrom first: Int)
}

/// Given well-formed XML, gives its events with their exact bytes, by expat.
///
/// Nothing outside the document is ever read. expat itself holds off entities that multiply; chains of entities in
/// entities, which it follows by recursion, are held off here.
@safe final class ExpatParser {
    /// Entities that may refer to others.
    static let nestedEntityLimit = 64
    /// Bytes given to expat at a time; it counts in 32 bits.
    private static let pieceSize = 1 << 26

    private var sink: any XMLSink
    private var entities = HTMLEntities()
    private let parser: XML_Parser
    private let bytes: UnsafeBufferPointer<UInt8>
    private let length: Int
    private let base: Int
    private var nestedEntities = 0
    /// Where a section of CDATA began, and the number of its first text.
    private var section = (start: 0, text: 0)

    /// Parses `bytes`, UTF-8 whatever the document says, from `start` on.
    ///
    /// - Returns: its events, or the byte at which it is not well formed.
    static func parse(_ bytes: [UInt8], from start: Int) -> (events: XMLEvents?, failure: Int) {
        var events = XMLEvents()
        let failure = parse(bytes, from: start, into: &events)
        return failure.map { (nil, $0) } ?? (events, 0)
    }

    /// Parses `bytes`, UTF-8 whatever the document says, from `start` on.
    ///
    /// - Parameter sink: takes what there is, as far as the document is well formed.
    /// - Returns: the byte at which it is not; nil when it is.
    static func parse<Sink: XMLSink>(_ bytes: [UInt8], from start: Int, into sink: inout Sink) -> Int? {
        unsafe bytes.withUnsafeBufferPointer { buffer in
            guard let parser = unsafe ExpatParser(buffer, from: start, sink) else { return start }
            let failure = parser.run()
            if let filled = parser.sink as? Sink { sink = filled }
            return failure
        }
    }

    private init?(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int, _ sink: any XMLSink) {
        self.sink = sink
        guard let parser = unsafe XML_ParserCreate("UTF-8") else { return nil }
        unsafe self.parser = parser
        unsafe self.bytes = unsafe bytes
        length = bytes.count
        base = start
    }

    deinit { unsafe XML_ParserFree(parser) }

    private func run() -> Int? {
        // SAFETY: the handlers are called during `XML_Parse` alone, while `self` is alive.
        unsafe XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        // As if the document had a definition elsewhere: entities it does not declare are reported, not errors.
        _ = unsafe XML_UseForeignDTD(parser, XML_Bool(XML_TRUE))
        unsafe XML_SetElementHandler(
            parser, { unsafe ExpatParser.of($0)?.open($1, $2) },
            { context, _ in unsafe ExpatParser.of(context)?.close() }
        )
        unsafe XML_SetCharacterDataHandler(parser) { unsafe ExpatParser.of($0)?.text($1, Int($2)) }
        unsafe XML_SetCdataSectionHandler(
            parser, { unsafe ExpatParser.of($0)?.openSection() }, { unsafe ExpatParser.of($0)?.closeSection() })
        unsafe XML_SetSkippedEntityHandler(parser) { context, name, isParameter in
            if isParameter == 0 { unsafe ExpatParser.of(context)?.skip(name) }
        }
        unsafe XML_SetEntityDeclHandler(parser) { context, _, isParameter, value, length, _, _, _, _ in
            guard isParameter == 0, let value = unsafe value else { return }
            unsafe ExpatParser.of(context)?.declare(UnsafeBufferPointer(start: value, count: Int(length)))
        }
        var start = base
        while true {
            let count = min(Self.pieceSize, length - start)
            let isLast = start + count == length
            let status = unsafe bytes.baseAddress.map { address in
                unsafe UnsafeRawPointer(address + start).withMemoryRebound(to: CChar.self, capacity: count) {
                    unsafe XML_Parse(parser, $0, Int32(count), isLast ? 1 : 0)
                }
            }
            guard status == XML_STATUS_OK else {
                let index = unsafe Int(XML_GetCurrentByteIndex(parser))
                return min(length, base + max(0, index))
            }
            start += count
            if isLast { return nil }
        }
    }

    private static func of(_ context: UnsafeMutableRawPointer?) -> ExpatParser? {
        unsafe context.map { unsafe Unmanaged<ExpatParser>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The bytes of the file that the present event comes from.
    private var place: Range<Int> {
        let start = unsafe base + max(0, Int(XML_GetCurrentByteIndex(parser)))
        let end = unsafe start + max(0, Int(XML_GetCurrentByteCount(parser)))
        return min(start, length)..<min(end, length)
    }

    private func open(
        _ name: UnsafePointer<XML_Char>?, _ found: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?
    ) {
        guard let name = unsafe name else { return }
        let bytes = unsafe Self.bytes(name)
        var attributes: [(name: XMLEvents.Name, value: [UInt8])] = []
        var index = 0
        let wantsAttributes = sink.wantsAttributes(of: bytes)
        while wantsAttributes, let name = unsafe found?[index],
            let value = unsafe found?[index + 1]
        {
            unsafe attributes.append((XMLEvents.Name(Self.bytes(name)), Self.bytes(value)))
            index += 2
        }
        sink.open(bytes, attributes: attributes, at: place.lowerBound)
    }

    private func close() { sink.close() }

    private func text(_ text: UnsafePointer<XML_Char>?, _ count: Int) {
        let bytes = unsafe UnsafeRawBufferPointer(start: text, count: count)
        unsafe sink.take(bytes, from: place)
    }

    private func openSection() { section = (place.lowerBound, sink.textCount) }

    private func closeSection() {
        let end = place.upperBound
        sink.setSection(min(section.start, end)..<end, ofTextsFrom: section.text)
    }

    private func skip(_ name: UnsafePointer<XML_Char>?) {
        guard let name = unsafe name else { return }
        let text = entities.text(of: unsafe Self.bytes(name))
        unsafe text.withUnsafeBytes { unsafe sink.take($0, from: place) }
    }

    private func declare(_ value: UnsafeBufferPointer<XML_Char>) {
        guard unsafe value.contains(0x26) else { return }
        nestedEntities += 1
        if nestedEntities > Self.nestedEntityLimit { _ = unsafe XML_StopParser(parser, XML_Bool(XML_FALSE)) }
    }

    private static func bytes(_ text: UnsafePointer<XML_Char>) -> [UInt8] {
        unsafe Array(String(cString: text).utf8)
    }
}
