/// What every file of an index begins and ends with.
///
/// ```
/// header   magic 8 | kind 12 ASCII, padded with spaces | version u32 | owner u64 | CRC-32C of these 32 bytes u32
///          zero u32
/// body     as the kind defines
/// pages    CRC-32C of each 16,384 bytes of header and body, the last ones possibly fewer: u32 each
/// footer   length of the whole file u64 | CRC-32C of the pages' checksums u32 | end mark 4
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

    /// What follows header and body: the table of their pages' checksums, and the footer.
    ///
    /// - Parameters:
    ///   - length: bytes of header and body.
    ///   - pages: has been fed all of them.
    public static func ending(length: Int, pages: PageChecksummer) -> [UInt8] {
        var pages = pages
        var writer = ByteWriter()
        writer.append(contentsOf: pages.finish())
        let crc = unsafe CRC32C.checksum(writer.bytes.span.bytes)
        writer.integer(UInt64(length + writer.count + footerSize))
        writer.integer(crc)
        writer.append(contentsOf: endMark)
        return writer.bytes
    }

    /// A whole file with `body`.
    public static func file(kind: String, version: UInt32, owner: UInt64, body: [UInt8]) -> [UInt8] {
        sealed(header(kind: kind, version: version, owner: owner) + body)
    }

    /// A whole file that begins with `content`, header and body.
    public static func sealed(_ content: [UInt8]) -> [UInt8] {
        var pages = PageChecksummer()
        unsafe pages.update(content.span.bytes)
        return content + ending(length: content.count, pages: pages)
    }

    /// Bytes of header and body in a file of `size` bytes: a page of them takes four bytes more in the table.
    public static func contentLength(ofFile size: Int) -> Int {
        let rest = size - footerSize
        return rest - 4 * ((rest + PagedSource.pageSize + 3) / (PagedSource.pageSize + 4))
    }

    /// Checks the ends of a file and gives its body.
    ///
    /// In this order: what ``unsealed(_:)`` checks, then kind, version, owner. The pages themselves are checked as
    /// they are read, see ``PagedSource``; ``verify(_:)`` reads them all.
    ///
    /// - Throws: ``FormatError``; a mismatch is never taken for an empty file.
    public static func open(_ file: ByteView, kind: String, version: UInt32, owner: UInt64) throws(FormatError)
        -> ByteView
    {
        let content = try unsealed(file)
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
        return try content.slice(headerSize..<content.count)
    }

    /// Checks every byte of a file. O(size).
    public static func verify(_ file: ByteView) throws(FormatError) { try unsealed(file).checkAllPages() }

    /// Header and body of a file, to be checked page by page as they are read.
    ///
    /// Checked here, in this order: room for both ends, magic, checksum of the header, end mark, length, checksum of
    /// the pages' checksums.
    private static func unsealed(_ file: ByteView) throws(FormatError) -> ByteView {
        let smallest = headerSize + 4 + footerSize
        guard file.count >= smallest else {
            throw .truncated(file: file.file, offset: file.count, needed: smallest - file.count, available: 0)
        }
        guard try file.slice(0..<8).copy() == magic else { throw .wrongMagic(file: file.file, offset: 0) }
        let headerCRC = try file.slice(0..<32).checksum()
        let written = try file.integer(at: 32, as: UInt32.self)
        guard headerCRC == written else {
            throw .checksumMismatch(file: file.file, offset: 0, length: 32, expected: written, found: headerCRC)
        }
        let footer = file.count - footerSize
        let length = try file.integer(at: footer, as: UInt64.self)
        guard try file.slice(footer + 12..<file.count).copy() == endMark, length == UInt64(file.count) else {
            throw .truncated(file: file.file, offset: file.count, needed: footerSize, available: 0)
        }
        let end = contentLength(ofFile: file.count)
        guard end >= headerSize, footer - end == 4 * PagedSource.pageCount(end) else {
            throw .truncated(file: file.file, offset: file.count, needed: footerSize, available: 0)
        }
        let tableCRC = try file.slice(end..<footer).checksum()
        let writtenCRC = try file.integer(at: footer + 8, as: UInt32.self)
        guard tableCRC == writtenCRC else {
            throw .checksumMismatch(
                file: file.file, offset: end, length: footer - end, expected: writtenCRC, found: tableCRC)
        }
        return file.paged(length: end, tableOffset: end)
    }
}
