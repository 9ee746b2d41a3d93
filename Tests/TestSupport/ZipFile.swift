/// A zip archive written by hand, so that it can be as odd as a test needs it.
public struct ZipFile: Sendable {
    public struct Member: Sendable {
        public var name: String
        public var bytes: [UInt8]
        public var isDeflated = true
        /// Zip's general purpose flags; 1 says that it is encrypted.
        public var flags: UInt16 = 0
        /// Another method than the one that it is packed by.
        public var claimedMethod: UInt16?
        /// Another size than its own.
        public var claimedSize: UInt32?
        public var hasWrongChecksum = false

        public init(_ name: String, _ bytes: some Sequence<UInt8>) {
            self.name = name
            self.bytes = Array(bytes)
        }

        public init(_ name: String, _ text: String) { self.init(name, text.utf8) }
    }

    public var members: [Member]

    public init(_ members: [Member]) { self.members = members }

    /// The member of a name, to be changed; the archive must have it.
    public subscript(name: String) -> Member {
        get { members[index(of: name)] }
        set { members[index(of: name)] = newValue }
    }

    private func index(of name: String) -> Int {
        guard let index = members.firstIndex(where: { $0.name == name }) else {
            preconditionFailure("no member \(name)")
        }
        return index
    }

    public mutating func remove(_ name: String) { members.remove(at: index(of: name)) }

    /// The archive: local headers with the members, the central directory, its end.
    public var bytes: [UInt8] {
        var archive = Little()
        var directory = Little()
        for member in members {
            let packed = member.isDeflated ? Compressed.rawDeflate(member.bytes) : member.bytes
            let name = Array(member.name.utf8)
            let offset = archive.bytes.count
            var facts = Little()
            facts.add(20 as UInt16, member.flags | 0x800)
            facts.add(member.claimedMethod ?? (member.isDeflated ? 8 : 0), 0, 0x21)
            facts.add(Compressed.crc32(member.bytes) ^ (member.hasWrongChecksum ? 1 : 0))
            facts.add(UInt32(packed.count), member.claimedSize ?? UInt32(member.bytes.count))
            facts.add(UInt16(name.count), 0)
            archive.add(0x0403_4B50 as UInt32)
            archive.bytes += facts.bytes + name + packed
            directory.add(0x0201_4B50 as UInt32)
            directory.add(20 as UInt16)
            directory.bytes += facts.bytes
            directory.add(0 as UInt16, 0, 0)
            directory.add(0 as UInt32, UInt32(offset))
            directory.bytes += name
        }
        let start = UInt32(archive.bytes.count)
        archive.bytes += directory.bytes
        archive.add(0x0605_4B50 as UInt32)
        archive.add(0 as UInt16, 0, UInt16(members.count), UInt16(members.count))
        archive.add(UInt32(directory.bytes.count), start)
        archive.add(0 as UInt16)
        return archive.bytes
    }

    private struct Little {
        var bytes: [UInt8] = []

        mutating func add<Number: FixedWidthInteger>(_ numbers: Number...) {
            for number in numbers {
                for place in 0..<Number.bitWidth / 8 {
                    bytes.append(UInt8(truncatingIfNeeded: number >> (8 * place)))
                }
            }
        }
    }
}
