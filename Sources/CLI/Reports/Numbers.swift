internal import Model

/// Numbers with a fixed count of decimals.
enum Decimals {
    static func string(_ value: Double, places: Int) -> String {
        let scale = (0..<places).reduce(1) { product, _ in product * 10 }
        let scaled = Int((value * Double(scale)).rounded())
        guard places > 0 else { return "\(scaled)" }
        let fraction = "\(scaled % scale)"
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }
}

/// Counted things.
enum Plural {
    static func count(_ number: Int, _ noun: String) -> String { "\(number) \(noun)\(number == 1 ? "" : "s")" }

    /// What was done with files and with articles of standard input, of each the number and a word: `files: 2 added, 1 changed`.
    static func sum(files: [(Int, String)], ofInput articles: [(Int, String)]) -> String {
        let parts = [("files", files), ("standard input", articles)].compactMap { name, counts in
            let shown = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
            return shown.isEmpty ? nil : "\(name): " + shown.joined(separator: ", ")
        }
        return parts.isEmpty ? "no files" : parts.joined(separator: "; ")
    }

    /// Says of files that lost articles what to do about it.
    ///
    /// - Parameter indexes: those that were asked. Of several it cannot be told which.
    static func unreadFiles(_ number: Int, indexes: [Path]) -> String {
        let option = indexes.count == 1 ? " --index \(indexes[0].lossyString)" : ""
        return "\(count(number, "file")) lost articles when the index was repaired; "
            + "`suoyin index\(option)` on where they are reads them again"
    }
}
