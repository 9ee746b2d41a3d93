internal import ArgumentParser
internal import Suoyin

/// How much memory a command that writes may take.
struct MemoryOption: ParsableArguments {
    @Option(
        name: .customLong("memory"), parsing: .unconditional,
        help: ArgumentHelp(
            "Memory to build with: bytes, or a whole number with K, M or G; 32M at least (default: \(MemorySize(bytes: Indexer.defaultMemoryBudget))). More makes fewer, larger segments to merge.",
            valueName: "size"),
        transform: { try MemorySize(parsing: $0) })
    var size: MemorySize?

    var bytes: Int { (size ?? Settings.current.memory?.value)?.bytes ?? Indexer.defaultMemoryBudget }
}

/// A number of bytes as people write it: `64M`, `2G`, `536870912`.
struct MemorySize: Sendable, CustomStringConvertible {
    /// Less is no room to build anything in.
    private static let least = 32 << 20

    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    /// Why a text is none.
    struct Problem: Error, CustomStringConvertible {
        let description: String
    }

    init(parsing argument: String) throws(Problem) {
        let units: [(suffixes: [String], shift: Int)] = [
            (["KIB", "KB", "K"], 10), (["MIB", "MB", "M"], 20), (["GIB", "GB", "G"], 30), (["B", ""], 0),
        ]
        let text = argument.uppercased()
        let unit = units.lazy.flatMap { unit in unit.suffixes.map { (suffix: $0, shift: unit.shift) } }
            .first { text.hasSuffix($0.suffix) }!
        guard let count = Int(text.dropLast(unit.suffix.count)), count >= 0, count <= Int.max >> unit.shift else {
            throw Problem(
                description: "a whole number of bytes, or one with K, M or G, such as 512M, not \(argument)")
        }
        bytes = count << unit.shift
        guard bytes >= Self.least else {
            throw Problem(
                description: "\(Self.least >> 20)M at least: \(argument) has no room to build in")
        }
    }

    var description: String { "\(bytes >> 20)M" }
}
