/// The lines of a file that were read in another encoding than the file.
public struct MixedLines: Equatable, Sendable {
    /// Those of one encoding.
    public struct Group: Equatable, Sendable {
        public var encoding: EncodingName
        public var count: Int
        /// The first one's number, from 1.
        public var firstLine: Int
    }

    /// The encoding of the other lines.
    public var fileEncoding: EncodingName
    /// By their first lines.
    public private(set) var groups: [Group] = []

    init(fileEncoding: EncodingName) { self.fileEncoding = fileEncoding }

    mutating func add(_ line: Int, _ encoding: EncodingName) {
        if let index = groups.firstIndex(where: { $0.encoding == encoding }) {
            groups[index].count += 1
        } else {
            groups.append(Group(encoding: encoding, count: 1, firstLine: line))
        }
    }
}

extension MixedLines: CustomStringConvertible {
    /// For example `2 lines were read as UTF-8 (the first is line 3), 1 line as Big5-HKSCS (line 7), the others as
    /// GB18030`.
    public var description: String {
        let parts = groups.enumerated().map { number, group in
            let isOne = group.count == 1
            let verb = number > 0 ? "" : isOne ? " was read" : " were read"
            return "\(group.count) line\(isOne ? "" : "s")\(verb) as \(group.encoding) "
                + "(\(isOne ? "" : "the first is ")line \(group.firstLine))"
        }
        return parts.joined(separator: ", ") + ", the others as \(fileEncoding)"
    }
}
