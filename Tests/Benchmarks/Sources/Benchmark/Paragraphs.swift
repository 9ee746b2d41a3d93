internal import Glibc

/// The lines of some files that are not empty.
struct Paragraphs {
    private(set) var bytes: [UInt8] = []
    private(set) var ranges: [Range<Int>] = []

    /// - Parameter files: none for standard input.
    /// - Returns: nil when one cannot be read, with the reason in `errno`.
    init?(files: [String]) {
        if files.isEmpty {
            guard read(0) else { return nil }
        }
        for file in files {
            let descriptor = unsafe open(file, O_RDONLY)
            guard descriptor >= 0 else { return nil }
            defer { close(descriptor) }
            guard read(descriptor) else { return nil }
            bytes.append(0x0A)
        }
        for line in bytes.indices.split(whereSeparator: { bytes[$0] == 0x0A }) {
            ranges.append(line.startIndex..<line.endIndex)
        }
    }

    private mutating func read(_ descriptor: Int32) -> Bool {
        var piece = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = unsafe Glibc.read(descriptor, &piece, piece.count)
            if count <= 0 { return count == 0 }
            bytes += piece[..<count]
        }
    }

    /// Length of all paragraphs, in millions of bytes.
    var megabytes: Double { Double(ranges.reduce(0) { $0 + $1.count }) / 1e6 }
}
