internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct TokenizeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tokenize",
        abstract: "Show what becomes of a text: folded text, units, words and terms.",
        discussion: "Reads standard input when no text is given. Byte ranges are places in the text given.")

    @Argument(help: "The text; several arguments are joined by a space.")
    var text: [String] = []

    @Flag(help: "Print a JSON object.")
    var json = false

    func run() throws {
        let bytes =
            text.isEmpty
            ? try InputFile.standardInput() : Array(text.map(Arguments.bytes).joined(separator: [0x20]))
        let analysis = try TextAnalysis(bytes)
        try StandardOutput().write(json ? Self.json(analysis) : Self.plain(analysis, bytes))
    }

    private static func plain(_ analysis: TextAnalysis, _ bytes: [UInt8]) -> [UInt8] {
        var lines = AnalysisLines(source: bytes)
        lines.add("folded", analysis.folded)
        lines.add(analysis.noise)
        lines.add(analysis.units)
        for word in analysis.words {
            lines.add("icu word", word.text + "  " + AnalysisLines.place(word.bytes))
        }
        for kind in TermKind.allCases {
            let terms = analysis.terms.filter { $0.kind == kind }
            guard !terms.isEmpty else { continue }
            let list = terms.map { kind.hasPositions ? "\($0.text)@\($0.position)" : $0.text }
            lines.add("terms", "\(kind): " + list.joined(separator: " "))
        }
        if let healed = analysis.healed {
            lines.add("healed", healed.folded)
            lines.add(healed.noise)
            lines.add(healed.units)
        }
        return Array((lines.lines.map { PrintableText.printable($0) }.joined(separator: "\n") + "\n").utf8)
    }

    private static func json(_ analysis: TextAnalysis) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("folded", analysis.folded)
            write(analysis.noise, to: &json)
            write("units", analysis.units, to: &json)
            write("words", analysis.words, to: &json)
            json.key("terms")
            json.array(of: analysis.terms) { json, term in
                json.object { json in
                    json.field("kind", "\(term.kind)")
                    json.field("text", term.text)
                    json.field("position", term.position)
                }
            }
            guard let healed = analysis.healed else { return }
            json.key("healed")
            json.object { json in
                json.field("folded", healed.folded)
                write(healed.noise, to: &json)
                write("units", healed.units, to: &json)
            }
        }
        json.endLine()
        return json.bytes
    }

    private static func write(_ name: String, _ units: [TextAnalysis.Unit], to json: inout JSONWriter) {
        json.key(name)
        json.array(of: units) { json, unit in
            json.object { json in
                json.field("kind", unit.kind.rawValue)
                json.field("text", unit.text)
                json.key("bytes")
                json.array([unit.bytes.lowerBound, unit.bytes.upperBound])
            }
        }
    }

    private static func write(_ noise: [Noise], to json: inout JSONWriter) {
        json.key("noise")
        json.array(of: noise) { json, noise in
            json.object { json in
                json.field("kind", noise.kind.rawValue)
                json.key("bytes")
                json.array([noise.bytes.lowerBound, noise.bytes.upperBound])
            }
        }
    }
}

/// What analysis found, a line each, for people.
struct AnalysisLines {
    let source: [UInt8]
    private(set) var lines: [String] = []

    init(source: [UInt8]) { self.source = source }

    static func place(_ bytes: Range<Int>) -> String { "bytes \(bytes.lowerBound)-\(bytes.upperBound)" }

    mutating func add(_ label: String, _ text: String) {
        lines.append(label + String(repeating: " ", count: max(1, 11 - label.count)) + text)
    }

    mutating func add(_ noise: [Noise]) {
        for noise in noise { add(noise.kind.rawValue, "\(original(noise.bytes))  \(Self.place(noise.bytes))") }
    }

    mutating func add(_ units: [TextAnalysis.Unit]) {
        for (position, unit) in units.enumerated() {
            let origin = original(unit.bytes)
            // Byte for byte: strings that differ in normal form only are equal to Swift.
            let from = origin.utf8.elementsEqual(unit.text.utf8) ? "" : "  from \(origin)"
            lines.append("unit \(position)  \(unit.kind.rawValue)  \(unit.text)  \(Self.place(unit.bytes))\(from)")
        }
    }

    private func original(_ bytes: Range<Int>) -> String { String(decoding: source[bytes], as: UTF8.self) }
}
