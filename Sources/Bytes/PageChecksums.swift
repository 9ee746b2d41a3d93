public import Synchronization

/// The checksums of a file's pages, each checked when a byte of the page is read for the first time.
///
/// Opening a file stays independent of its size, and yet no byte is taken for true that has not been checked.
/// A page takes some microseconds, once; afterwards a look at one flag.
@safe public final class PageChecksums: @unchecked Sendable {
    // SAFETY (unchecked Sendable): constants, memory that nobody writes, and atomic flags.

    /// Bytes a page, the last one excepted: small enough that a cold look-up checks little more than it reads,
    /// large enough that the table is a four-thousandth of the file.
    public static let pageSize = 1 << pageShift
    @usableFromInline static let pageShift = 14

    private let source: ByteSource
    /// Bytes that the pages cover, from the file's first.
    private let length: Int
    /// One u32 a page, little-endian, possibly unaligned.
    private let table: UnsafeRawPointer
    private let pageCount: Int
    /// One flag a page: not zero once the page has been found sound.
    @usableFromInline let verified: UnsafeMutablePointer<Atomic<UInt8>>

    /// The table of `source`, whose first `length` bytes it covers.
    ///
    /// - Precondition: the table lies within the source.
    init(_ source: ByteSource, length: Int, tableOffset: Int) {
        pageCount = Self.pageCount(length)
        precondition(length >= 0 && tableOffset >= 0 && tableOffset + 4 * pageCount <= source.count)
        self.source = source
        self.length = length
        unsafe table = source.base + tableOffset
        unsafe verified = .allocate(capacity: max(1, pageCount))
        for page in 0..<pageCount { unsafe (verified + page).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe verified.deinitialize(count: pageCount)
        unsafe verified.deallocate()
    }

    static func pageCount(_ length: Int) -> Int { (length + pageSize - 1) >> pageShift }

    /// Checks the pages of `count` bytes from `offset` of the file that have not been checked yet.
    ///
    /// - Precondition: the bytes are covered.
    @inlinable
    func check(_ offset: Int, _ count: Int) throws(FormatError) {
        guard count > 0 else { return }
        for page in offset >> Self.pageShift...(offset &+ count &- 1) >> Self.pageShift {
            // SAFETY: the bytes are covered, and so their pages have flags.
            if unsafe verified[page].load(ordering: .relaxed) == 0 { try verify(page) }
        }
    }

    /// Checks every page, whether checked before or not.
    func checkAll() throws(FormatError) {
        for page in 0..<pageCount { try verify(page) }
    }

    @usableFromInline
    func verify(_ page: Int) throws(FormatError) {
        precondition(page < pageCount)
        let start = page << Self.pageShift
        let size = min(Self.pageSize, length - start)
        // SAFETY: `start + size <= length`, and the table has an entry for every page.
        let bytes = unsafe UnsafeRawBufferPointer(start: source.base + start, count: size)
        let found = unsafe CRC32C.checksum(RawSpan(_unsafeBytes: bytes))
        let expected = unsafe table.loadUnaligned(fromByteOffset: page * 4, as: UInt32.self).littleEndian
        guard found == expected else {
            throw .checksumMismatch(
                file: source.file, offset: start, length: size, expected: expected, found: found)
        }
        unsafe verified[page].store(1, ordering: .relaxed)
    }
}

/// Computes the table of page checksums of a file while it is written.
public struct PageChecksummer: Sendable {
    private var table = ByteWriter()
    private var crc = CRC32C()
    private var filled = 0

    public init() {}

    /// Feeds the next bytes of the file.
    public mutating func update(_ bytes: RawSpan) {
        var offset = 0
        while offset < bytes.byteCount {
            let count = min(PageChecksums.pageSize - filled, bytes.byteCount - offset)
            crc.update(bytes.extracting(offset..<offset + count))
            filled += count
            offset += count
            if filled == PageChecksums.pageSize { endPage() }
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
