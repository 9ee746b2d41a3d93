internal import CMalloc

/// What the C library does with memory that has been freed.
///
/// Left alone, it learns from the first large blocks what is large, and either of the two below may come of it.
enum FreedMemory {
    /// Large blocks go back to the system at once: for commands that write, which would else stay as large as they ever were
    /// between one segment and the next.
    static func giveBack() {
        mallopt(M_MMAP_THRESHOLD, 1 << 20)
        mallopt(M_TRIM_THRESHOLD, 1 << 20)
    }

    /// Up to 256 MB are kept: for commands that answer one query after the other, each of which would else have the system clear
    /// the same pages for it again.
    static func keep() {
        mallopt(M_MMAP_THRESHOLD, 32 << 20)
        mallopt(M_TRIM_THRESHOLD, 256 << 20)
    }
}
