import TestSupport

/// A page of the documentation that describes a file format.
struct FormatPage {
    /// The bytes of each dump under the heading "Example": 31 columns of hexadecimal numbers, then what they are.
    let examples: [[UInt8]]
    /// What it says before anything else: which files it describes. On one line.
    let opening: String

    init(_ name: String) {
        let path = projectRoot + "/Sources/InvertedIndex/InvertedIndex.docc/" + name
        let lines = String(decoding: readFile(path) ?? [], as: UTF8.self)
            .split(separator: "\n", omittingEmptySubsequences: false)
        opening = lines.prefix { !$0.hasPrefix("## ") }.joined(separator: " ")
        let section = lines.drop { $0 != "### Example" }.dropFirst().prefix { !$0.hasPrefix("#") }
        // Odd pieces are those between fences.
        let pieces = section.split(separator: "```", omittingEmptySubsequences: false)
        examples = stride(from: 1, to: pieces.count, by: 2).map { index in
            pieces[index].flatMap { $0.prefix(31).split(separator: " ").map { UInt8($0, radix: 16) ?? 0 } }
        }
    }
}
