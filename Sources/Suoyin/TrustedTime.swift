internal import Articles
internal import Glibc

/// Decides whether a modification time can be trusted to tell a later change.
///
/// A file changed twice within one tick of the file system's clock has the same time after both. A time is
/// trusted only when it was past by more than a tick when the file was read; otherwise the next run compares
/// the content.
enum TrustedTime {
    /// The time to record: 0 when it cannot be trusted.
    static func of(_ status: FileStatus) -> Int64 {
        // Whole seconds hint at a file system that keeps nothing finer; FAT keeps two.
        let tick: Int64 = status.modified % 1_000_000_000 == 0 ? 2_000_000_000 : 20_000_000
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        let nanoseconds = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        return nanoseconds - status.modified > tick ? status.modified : 0
    }
}
