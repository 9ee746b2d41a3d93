/// What every file of an index begins and ends with.
///
/// ```
/// header   magic 8 | kind 12 ASCII, padded with spaces | version u32 | owner u64 | CRC-32C of these 32 bytes u32
///          zero u32
/// body     as the kind defines
/// footer   length of the whole file u64 | CRC-32C of header and body u32 | end mark 4
/// ```
/// All integers are little-endian. `owner` is the segment's id, or the commit's generation.
public enum Envelope {
    public static let magic: [UInt8] = Array("Suoyin\r\n".utf8)
    public static let endMark: [UInt8] = Array("END\n".utf8)
    public static let headerSize = 40
    private static let kindSize = 12
    public static let footerSize = 16

    /// The header of a file.
    public static func header(kind: String, version: UInt32, owner: UInt64) -> [UInt8] {
        var writer = ByteWriter()
        writer.append(contentsOf: magic)
        let name = Array(kind.utf8)
        precondition(name.count <= kindSize, "a file kind is named in at most twelve bytes")
        writer.append(contentsOf: name + [UInt8](repeating: 0x20, count: kindSize - name.count))
        writer.integer(version)
        writer.integer(owner)
        unsafe writer.integer(CRC32C.checksum(writer.bytes.span.bytes))
        writer.integer(UInt32(0))
        return writer.bytes
    }

    /// The footer of a file whose header and body have `length` bytes and checksum `crc`.
    public static func footer(length: Int, crc: UInt32) -> [UInt8] {
        var writer = ByteWriter()
        writer.integer(UInt64(length + footerSize))
        writer.integer(crc)
        writer.append(contentsOf: endMark)
        return writer.bytes
    }

    /// Checks the outside of a file and gives its body.
    ///
    /// In this order: room for both ends, magic, checksum of the header, kind, version, owner, end mark, length.
    /// The body's own checksum is left to ``verify(_:)``, which reads every byte.
    ///
    /// - Throws: ``FormatError``; a mismatch is never taken for an empty file.
    public static func open(_ file: ByteView, kind: String, version: UInt32, owner: UInt64) throws(FormatError)
        -> ByteView
    {
        guard file.count >= headerSize + footerSize else {
            throw .truncated(
                file: file.file, offset: file.count, needed: headerSize + footerSize - file.count, available: 0)
        }
        guard try file.slice(0..<8).copy() == magic else { throw .wrongMagic(file: file.file, offset: 0) }
        let headerCRC = try file.slice(0..<32).checksum()
        let written = try file.integer(at: 32, as: UInt32.self)
        guard headerCRC == written else {
            throw .checksumMismatch(file: file.file, offset: 0, length: 32, expected: written, found: headerCRC)
        }
        let name = String(decoding: try file.slice(8..<20).copy(), as: UTF8.self)
        let expectedName = kind + String(repeating: " ", count: kindSize - kind.utf8.count)
        guard name == expectedName else {
            throw .wrongIdentity(file: file.file, expected: "a \(kind) file", found: "a \(name) file")
        }
        let foundVersion = try file.integer(at: 20, as: UInt32.self)
        guard foundVersion == version else {
            throw .unsupportedVersion(file: file.file, found: foundVersion, supported: version)
        }
        let foundOwner = try file.integer(at: 24, as: UInt64.self)
        guard foundOwner == owner else {
            throw .wrongIdentity(file: file.file, expected: "number \(owner)", found: "number \(foundOwner)")
        }
        let end = file.count - footerSize
        let length = try file.integer(at: end, as: UInt64.self)
        guard try file.slice(end + 12..<file.count).copy() == endMark, length == UInt64(file.count) else {
            throw .truncated(file: file.file, offset: file.count, needed: footerSize, available: 0)
        }
        return try file.slice(headerSize..<end)
    }

    /// Checks the checksum of header and body. O(size of the file).
    public static func verify(_ file: ByteView) throws(FormatError) {
        guard file.count >= headerSize + footerSize else {
            throw .truncated(
                file: file.file, offset: file.count, needed: headerSize + footerSize - file.count, available: 0)
        }
        let end = file.count - footerSize
        let written = try file.integer(at: end + 8, as: UInt32.self)
        let found = try file.slice(0..<end).checksum()
        guard written == found else {
            throw .checksumMismatch(file: file.file, offset: 0, length: end, expected: written, found: found)
        }
    }
}
