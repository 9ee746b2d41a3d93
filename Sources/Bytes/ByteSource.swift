/// The memory behind views of one file: mapped, or a copy on the heap. Given back when the last view goes.
@safe public class ByteSource: @unchecked Sendable {
    // SAFETY (unchecked Sendable): constants, and memory that nothing writes once this object exists.
    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline let count: Int
    /// The file's name, for messages.
    public let file: String
    private let release: @Sendable (UnsafeRawPointer, Int) -> Void

    /// Takes over `count` readable bytes at `base`.
    ///
    /// - Parameter release: gives the memory back; called once.
    public init(
        base: UnsafeRawPointer, count: Int, file: String,
        release: @escaping @Sendable (UnsafeRawPointer, Int) -> Void
    ) {
        unsafe self.base = unsafe base
        self.count = count
        self.file = file
        unsafe self.release = unsafe release
    }

    /// A copy of `bytes`.
    public convenience init(copying bytes: [UInt8], file: String) {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
        unsafe bytes.withUnsafeBytes { source in
            unsafe UnsafeMutableRawBufferPointer(start: memory, count: bytes.count).copyMemory(from: source)
        }
        unsafe self.init(base: UnsafeRawPointer(memory), count: bytes.count, file: file) { base, _ in
            unsafe UnsafeMutableRawPointer(mutating: base).deallocate()
        }
    }

    deinit { unsafe release(base, count) }

    /// Checks a page; nothing where pages have no checksums.
    @usableFromInline
    func check(page: Int) throws(FormatError) {}

    /// Checks all pages.
    func checkAll() throws(FormatError) {}
}
