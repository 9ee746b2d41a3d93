/// Computes the table of page checksums of a file while it is written, see ``PagedSource``.
public struct PageChecksummer: Sendable {
    private var table = ByteWriter()
    private var crc = CRC32C()
    private var filled = 0

    public init() {}

    /// Feeds the next bytes of the file.
    public mutating func update(_ bytes: RawSpan) {
        var offset = 0
        while offset < bytes.byteCount {
            let count = min(PagedSource.pageSize - filled, bytes.byteCount - offset)
            crc.update(bytes.extracting(offset..<offset + count))
            filled += count
            offset += count
            if filled == PagedSource.pageSize { endPage() }
        }
    }

    /// The table: one u32 a page.
    public mutating func finish() -> [UInt8] {
        if filled > 0 { endPage() }
        return table.bytes
    }

    private mutating func endPage() {
        table.integer(crc.value)
        crc = CRC32C()
        filled = 0
    }
}
