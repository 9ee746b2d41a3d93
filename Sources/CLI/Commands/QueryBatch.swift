internal import Model
internal import Suoyin

/// The queries of one run: one from the command line, or a file of them, read as they are answered.
struct QueryBatch: ~Copyable {
    struct Entry {
        var id: String
        var text: String
        /// Line in the batch file; nil for a query of the command line.
        var line: Int?
    }

    private var lines: LineReader?
    private var lineNumber = 0
    private var single: Entry?
    private(set) var hasProblems = false

    init(query: String) { single = Entry(id: query, text: query, line: nil) }

    /// - Parameter path: a file; `-` is standard input.
    init(_ path: Path) throws { lines = try LineReader(path) }

    /// The next query. A line of a file is `id TAB query`; blank lines are passed over, and one without TAB is reported. A byte
    /// order mark is no part of the first id.
    mutating func next() throws -> Entry? {
        if let entry = single.take() { return entry }
        while let raw = try lines?.next() {
            lineNumber += 1
            let hasMark = lineNumber == 1 && raw.starts(with: [0xEF, 0xBB, 0xBF])
            var line = String(decoding: hasMark ? raw.dropFirst(3) : raw, as: UTF8.self)
            if line.unicodeScalars.last == "\r" { line.unicodeScalars.removeLast() }
            if line.unicodeScalars.allSatisfy({ WhiteSpace.contains($0.value) }) { continue }
            guard let tab = line.unicodeScalars.firstIndex(of: "\t") else {
                report("no tab between id and query", line: lineNumber)
                continue
            }
            let text = String(line.unicodeScalars[line.unicodeScalars.index(after: tab)...])
            return Entry(id: String(line.unicodeScalars[..<tab]), text: text, line: lineNumber)
        }
        return nil
    }

    /// Says what is wrong with a query; the others are answered.
    mutating func report(_ problem: String, line: Int?) {
        hasProblems = true
        let place = line.map { "query line \($0): " } ?? ""
        StandardError.write("suoyin: \(place)\(problem)")
    }
}
