internal import Synchronization

/// The memory behind views of a file with a checksum for each page, which is checked when a byte of the page is read for the
/// first time.
///
/// Opening a file stays independent of its size, and yet no byte is taken for true that has not been checked.
/// A page takes some microseconds, once; afterwards a look at one flag.
@safe public final class PagedSource: ByteSource, @unchecked Sendable {
    // SAFETY (unchecked Sendable): constants, memory that nobody writes, and atomic flags.

    /// Bytes a page, the last one excepted: small enough that a cold look-up checks little more than it reads,
    /// large enough that the table is a four-thousandth of the file.
    public static let pageSize = 1 << pageShift
    @usableFromInline static let pageShift = 14

    /// What is known of each page: not zero once it has been found sound.
    typealias Flags = UnsafeMutablePointer<Atomic<UInt8>>

    /// Keeps the memory.
    private let source: ByteSource
    /// One u32 a page, little-endian, possibly unaligned.
    private let table: UnsafeRawPointer
    private let pageCount: Int
    // SAFETY: one a page, freed in `deinit`.
    let flags: Flags

    /// The first `length` bytes of `source`, to be checked by its table at `tableOffset`.
    ///
    /// - Precondition: the table lies within the source.
    init(_ source: ByteSource, length: Int, tableOffset: Int) {
        pageCount = Self.pageCount(length)
        precondition(length >= 0 && tableOffset >= 0 && tableOffset + 4 * pageCount <= source.count)
        self.source = source
        unsafe table = source.base + tableOffset
        unsafe flags = .allocate(capacity: max(1, pageCount))
        for page in 0..<pageCount { unsafe (flags + page).initialize(to: Atomic(0)) }
        unsafe super.init(base: source.base, count: length, file: source.file) { _, _ in }
    }

    deinit {
        unsafe flags.deinitialize(count: pageCount)
        unsafe flags.deallocate()
    }

    static func pageCount(_ length: Int) -> Int { (length + pageSize - 1) >> pageShift }

    /// Checks every page, whether checked before or not.
    override func checkAll() throws(FormatError) {
        for page in 0..<pageCount { try check(page: page) }
    }

    @usableFromInline
    override func check(page: Int) throws(FormatError) {
        precondition(page < pageCount)
        let start = page << Self.pageShift
        let size = min(Self.pageSize, count - start)
        // SAFETY: `start + size <= count`, and the table has an entry for every page.
        let bytes = unsafe UnsafeRawBufferPointer(start: base + start, count: size)
        let found = unsafe CRC32C.checksum(RawSpan(_unsafeBytes: bytes))
        let expected = unsafe table.loadUnaligned(fromByteOffset: page * 4, as: UInt32.self).littleEndian
        guard found == expected else {
            throw .checksumMismatch(file: file, offset: start, length: size, expected: expected, found: found)
        }
        unsafe flags[page].store(1, ordering: .relaxed)
    }
}
