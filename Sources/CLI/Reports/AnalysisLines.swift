internal import Model
internal import Suoyin

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
