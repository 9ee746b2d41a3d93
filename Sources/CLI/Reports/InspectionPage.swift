internal import Model
internal import Output
internal import Suoyin

/// Reports on several files added up.
struct InspectionSum {
    private(set) var files = 0
    private(set) var articles = 0
    private(set) var paragraphs = 0
    private(set) var healedParagraphs = 0
    private(set) var textBytes = 0
    private(set) var counts: [FileInspection.Kind: Int] = [:]
    /// Files and directories that indexing leaves out.
    private(set) var leftOut = 0

    mutating func addLeftOut() { leftOut += 1 }

    mutating func add(_ file: FileInspection) {
        files += 1
        articles += file.articles
        paragraphs += file.paragraphs
        healedParagraphs += file.healedParagraphs
        textBytes += file.textBytes
        counts.merge(file.counts, uniquingKeysWith: +)
    }
}

/// Shows people what an inspection found.
enum InspectionPage {
    /// Findings of a kind that are shown for a file.
    static let findingLimit = 5

    static func bytes(_ file: FileInspection) -> [UInt8] {
        var lines = [file.path.lossyString]
        if let encoding = file.encoding {
            let replaced = file.replacedBytes == 0 ? "" : ", \(Plural.count(file.replacedBytes, "byte")) replaced"
            lines.append(line("encoding", "\(encoding.name), \(encoding.confidence) % sure\(replaced)"))
        }
        lines.append(line("articles", "\(file.articles)"))
        lines.append(paragraphs(file.paragraphs, healed: file.healedParagraphs))
        for (kind, count) in file.counts.sorted(by: { $0.key < $1.key }) {
            let shown = file.findings.filter { $0.kind == kind }.map { finding in
                let part = finding.part.map { "\($0), " } ?? ""
                return "\(part)line \(finding.line): \(excerpt(finding))"
            }
            let more = count > shown.count ? ", …" : ""
            lines.append(line(kind.name, "\(count)  (\(shown.joined(separator: ", "))\(more))"))
        }
        return bytes(lines)
    }

    static func bytes(_ sum: InspectionSum) -> [UInt8] {
        var lines = ["in all"]
        lines.append(line("files", "\(sum.files)"))
        lines.append(line("articles", "\(sum.articles)"))
        lines.append(paragraphs(sum.paragraphs, healed: sum.healedParagraphs))
        for (kind, count) in sum.counts.sorted(by: { $0.key < $1.key }) {
            lines.append(line(kind.name, "\(count)"))
        }
        return bytes(lines)
    }

    private static func paragraphs(_ count: Int, healed: Int) -> String {
        line("paragraphs", healed == 0 ? "\(count)" : "\(count), of which \(healed) read differently without noise")
    }

    private static func line(_ label: String, _ text: String) -> String {
        "  " + label + String(repeating: " ", count: max(1, 12 - label.count)) + text
    }

    /// The beginning of a finding's text, so that several fit on a line; code points for what shows nothing.
    private static func excerpt(_ finding: FileInspection.Finding) -> String {
        let scalars = finding.text.unicodeScalars
        if finding.kind == .noise(.invisible) || finding.kind == .noise(.control) {
            return scalars.map { "U+" + String($0.value, radix: 16, uppercase: true) }.joined(separator: " ")
        }
        let limit = 24
        return scalars.count <= limit
            ? finding.text : String(String.UnicodeScalarView(scalars.prefix(limit))) + "…"
    }

    private static func bytes(_ lines: [String]) -> [UInt8] {
        Array((lines.map { PrintableText.printable($0) }.joined(separator: "\n") + "\n\n").utf8)
    }
}
