/// Which paragraph styles of a .docx are headings.
///
/// A style's id is anything (`1` where Word speaks Chinese); what tells is its name, which Word keeps in English
/// (`heading 1`), or its level in the outline, its own or that of the style it is based on.
struct WordStyles {
    private struct Style {
        var level: Int?
        var base: [UInt8]
    }

    /// How far a style may be from the one that tells.
    private static let chainLimit = 16

    private var styles: [[UInt8]: Style] = [:]

    /// - Parameter events: of `styles.xml`.
    init(_ events: XMLEvents) {
        var current: [UInt8]?
        for element in events.elements.indices {
            let value = events.attribute("val", of: element) ?? []
            switch events.name(of: element).local {
            case "style":
                current = events.attribute("styleid", of: element)
                if let current { styles[current] = Style(base: []) }
            case "name": if let level = Self.level(ofName: value) { set(level, of: current) }
            case "basedon": if let current { styles[current]?.base = value }
            case "outlinelvl": if let level = Self.level(ofOutline: value) { set(level, of: current) }
            default: break
            }
        }
    }

    private mutating func set(_ level: Int, of style: [UInt8]?) {
        guard let style, styles[style]?.level == nil else { return }
        styles[style]?.level = level
    }

    /// The level of the heading that a style makes, from 1; nil for a style of other text.
    func level(of style: [UInt8]) -> Int? {
        var name = style
        for _ in 0..<Self.chainLimit {
            guard let found = styles[name] else { return nil }
            if let level = found.level { return level }
            name = found.base
        }
        return nil
    }

    private static func level(ofName name: [UInt8]) -> Int? {
        let name = String(decoding: name, as: UTF8.self).lowercased()
        if name == "title" { return 1 }
        if name == "subtitle" { return 2 }
        guard name.hasPrefix("heading "), let level = Int(name.dropFirst(8)), (1...9).contains(level) else {
            return nil
        }
        return level
    }

    /// An outline counts from 0; 9 is text.
    static func level(ofOutline value: [UInt8]) -> Int? {
        guard let level = Int(String(decoding: value, as: UTF8.self)), (0...8).contains(level) else { return nil }
        return level + 1
    }
}
