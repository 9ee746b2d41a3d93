internal import Model
internal import Output
internal import Suoyin

/// The queries of one run: one from the command line, or a file of them.
struct QueryBatch {
    struct Entry {
        var id: String
        var text: String
        /// Line in the batch file; nil for a query of the command line.
        var line: Int?
    }

    let isBatch: Bool
    var queries: [Entry] = []
    private(set) var hasProblems = false

    init(isBatch: Bool) { self.isBatch = isBatch }

    /// Reads lines `id TAB query`. Blank lines are passed over; a line without TAB is reported. A byte order mark
    /// is no part of the first id.
    mutating func read(_ path: Path) throws {
        var bytes = try path.bytes == [UInt8(ascii: "-")] ? InputFile.standardInput() : InputFile.read(path)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        for (index, raw) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
            var line = String(decoding: raw, as: UTF8.self)
            if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
            if line.unicodeScalars.allSatisfy({ WhiteSpace.contains($0.value) }) { continue }
            guard let tab = line.unicodeScalars.firstIndex(of: "\t") else {
                report("no tab between id and query", line: index + 1)
                continue
            }
            let text = String(line.unicodeScalars[line.unicodeScalars.index(after: tab)...])
            queries.append(Entry(id: String(line.unicodeScalars[..<tab]), text: text, line: index + 1))
        }
    }

    /// Says what is wrong with a query; the others are answered.
    mutating func report(_ problem: String, line: Int?) {
        hasProblems = true
        let place = line.map { "query line \($0): " } ?? ""
        StandardError.write("suoyin: \(place)\(PrintableText.printable(problem))")
    }
}
