internal import Model

/// Given text that means to be XML and is not well formed, gives the events it means.
///
/// Feeds break in few ways: an ampersand or a less-than sign that is not escaped, an end tag missing or wrong, a control
/// character, a file cut short. Here an end tag closes what it names, or nothing; what is no markup is text; what is
/// open at the end is closed. Linear in the length of the text.
struct LenientXML {
    private let bytes: [UInt8]
    private var index: Int
    private var events = XMLEvents()
    private var entities = HTMLEntities()
    private var open: [[UInt8]] = []
    /// How many elements of each name are open.
    private var openCounts: [[UInt8]: Int] = [:]
    /// Marks that do not come again, so that no second search runs to the end.
    private var missing: [[UInt8]] = []

    static func parse(_ bytes: [UInt8], from start: Int) -> XMLEvents {
        var parser = LenientXML(bytes: bytes, index: start)
        parser.run()
        return parser.events
    }

    private init(bytes: [UInt8], index: Int) {
        self.bytes = bytes
        self.index = index
    }

    private mutating func run() {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "<"): markup()
            case UInt8(ascii: "&"):
                let (text, length) = reference(at: index, before: bytes.count)
                events.append(text, from: index..<index + length)
                index += length
            default:
                let start = index
                while index < bytes.count, bytes[index] != 0x3C, bytes[index] != 0x26 { index += 1 }
                events.append(bytes[start..<index], from: start..<index)
            }
        }
        events.closeAll()
    }

    private mutating func markup() {
        let rest = bytes[index...]
        if rest.starts(with: "<!--".utf8), let end = end(of: "-->", from: index + 4) {
            index = end
        } else if rest.starts(with: "<![CDATA[".utf8) {
            let start = index + 9
            let end = end(of: "]]>", from: start)
            let content = start..<(end.map { $0 - 3 } ?? bytes.count)
            let first = events.texts.count
            events.append(bytes[content], from: content)
            events.setSection(index..<(end ?? bytes.count), ofTextsFrom: first)
            index = end ?? bytes.count
        } else if rest.starts(with: "<?".utf8), let end = end(of: "?>", from: index + 2) {
            index = end
        } else if rest.starts(with: "<!".utf8), index + 2 < bytes.count, Self.beginsName(bytes[index + 2]),
            let end = end(of: ">", from: index + 2)
        {
            index = end
        } else if rest.starts(with: "</".utf8), index + 2 < bytes.count, Self.beginsName(bytes[index + 2]) {
            index += 2
            let name = name()
            index = end(of: ">", from: index) ?? bytes.count
            close(name)
        } else if index + 1 < bytes.count, Self.beginsName(bytes[index + 1]) {
            startTag()
        } else {
            events.append(bytes[index...index], from: index..<index + 1)
            index += 1
        }
    }

    private mutating func close(_ name: [UInt8]) {
        guard let count = openCounts[name], count > 0 else { return }
        while let last = open.popLast() {
            openCounts[last, default: 1] -= 1
            events.close()
            if last == name { return }
        }
    }

    private mutating func startTag() {
        index += 1
        let name = name()
        var attributes: [(name: XMLEvents.Name, value: [UInt8])] = []
        var isEmpty = false
        while index < bytes.count, bytes[index] != 0x3E, bytes[index] != 0x3C {
            if Self.beginsName(bytes[index]) {
                let key = self.name()
                skipSpace()
                guard index < bytes.count, bytes[index] == 0x3D else { continue }
                index += 1
                skipSpace()
                attributes.append((XMLEvents.Name(key), value()))
            } else {
                isEmpty = bytes[index] == 0x2F
                index += 1
            }
        }
        // A tag that the next one cuts off ends there.
        if index < bytes.count, bytes[index] == 0x3E { index += 1 }
        events.open(name, attributes: attributes)
        if isEmpty {
            events.close()
        } else {
            open.append(name)
            openCounts[name, default: 0] += 1
        }
    }

    /// An attribute's value, in quotation marks or up to white space.
    private mutating func value() -> [UInt8] {
        guard index < bytes.count else { return [] }
        let quote = bytes[index]
        let start: Int
        let end: Int
        // A value holds no less-than sign: one says that the quotation mark at the end is missing.
        if quote == 0x22 || quote == 0x27,
            let stop = bytes[(index + 1)...].firstIndex(where: { $0 == quote || $0 == 0x3C }), bytes[stop] == quote
        {
            start = index + 1
            end = stop
            index = stop + 1
        } else {
            start = index
            end = bytes[start...].firstIndex { $0 == 0x3E || $0 == 0x3C || BlockBuilder.isSpace($0) } ?? bytes.count
            index = end
        }
        var value: [UInt8] = []
        var place = start
        while place < end {
            if bytes[place] == 0x26 {
                let (text, length) = reference(at: place, before: end)
                value += text
                place += length
            } else {
                value.append(bytes[place])
                place += 1
            }
        }
        return value
    }

    /// What the reference at `start` stands for and its length; an ampersand alone stands for itself.
    private mutating func reference(at start: Int, before end: Int) -> (text: [UInt8], length: Int) {
        let limit = min(end, start + 34)
        guard let semicolon = bytes[(start + 1)..<limit].firstIndex(of: 0x3B), semicolon > start + 1 else {
            return ([0x26], 1)
        }
        let name = Array(bytes[(start + 1)..<semicolon])
        let length = semicolon + 1 - start
        if name[0] == UInt8(ascii: "#") {
            let isHexadecimal = name.count > 1 && name[1] | 0x20 == UInt8(ascii: "x")
            let digits = String(decoding: name.dropFirst(isHexadecimal ? 2 : 1), as: UTF8.self)
            guard let number = UInt32(digits, radix: isHexadecimal ? 16 : 10) else { return ([0x26], 1) }
            let scalar = number == 0 ? nil : Unicode.Scalar(number)
            return (Array(UTF8.encode(scalar ?? "\u{FFFD}")!), length)
        }
        guard name.allSatisfy({ $0 < 0x80 && Self.continuesName($0) }) else { return ([0x26], 1) }
        return (entities.text(of: name), length)
    }

    // MARK: Bytes

    private mutating func name() -> [UInt8] {
        let start = index
        while index < bytes.count, Self.continuesName(bytes[index]) { index += 1 }
        return Array(bytes[start..<index])
    }

    private mutating func skipSpace() {
        while index < bytes.count, BlockBuilder.isSpace(bytes[index]) { index += 1 }
    }

    /// Where the first `mark` from `start` on ends.
    private mutating func end(of mark: StaticString, from start: Int) -> Int? {
        let mark = Array(mark.description.utf8)
        if missing.contains(mark) { return nil }
        var place = start
        while place + mark.count <= bytes.count {
            if bytes[place] == mark[0], bytes[place..<place + mark.count].elementsEqual(mark) {
                return place + mark.count
            }
            place += 1
        }
        missing.append(mark)
        return nil
    }

    private static func beginsName(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x41...0x5A).contains(byte & 0xDF) || byte == 0x5F
    }

    private static func continuesName(_ byte: UInt8) -> Bool {
        beginsName(byte) || (0x30...0x3A).contains(byte) || byte == 0x2D || byte == 0x2E
    }
}
