internal import ArgumentParser
internal import CMalloc

/// How much memory a command that writes may take.
struct MemoryOption: ParsableArguments {
    @Option(
        name: .customLong("memory"),
        help: ArgumentHelp(
            "Memory to build with, in bytes or with K, M or G. More makes fewer, larger segments to merge.",
            valueName: "size"))
    var size = MemorySize(bytes: 512 << 20)

    var bytes: Int { size.bytes }

    /// Has the C library give large blocks back to the system as soon as they are freed.
    ///
    /// It would otherwise learn from the first large blocks freed to keep such blocks for itself, and the process would stay
    /// as large as it ever was between one segment and the next.
    static func keepFreedMemorySmall() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }
}

/// A number of bytes as people write it: `64M`, `2G`, `536870912`.
struct MemorySize: ExpressibleByArgument {
    /// Less is no room to build anything in.
    private static let least = 32 << 20

    let bytes: Int

    init(bytes: Int) { self.bytes = bytes }

    init?(argument: String) {
        let units: [(suffixes: [String], shift: Int)] = [
            (["KIB", "KB", "K"], 10), (["MIB", "MB", "M"], 20), (["GIB", "GB", "G"], 30), (["B"], 0),
        ]
        let text = argument.uppercased()
        for (suffixes, shift) in units {
            for suffix in suffixes where text.hasSuffix(suffix) {
                self.init(text.dropLast(suffix.count), shift: shift)
                return
            }
        }
        self.init(text[...], shift: 0)
    }

    private init?(_ digits: Substring, shift: Int) {
        guard let count = Int(digits), count >= 0, count <= Int.max >> shift, count << shift >= Self.least else {
            return nil
        }
        bytes = count << shift
    }

    var defaultValueDescription: String { "\(bytes >> 20)M" }
}
