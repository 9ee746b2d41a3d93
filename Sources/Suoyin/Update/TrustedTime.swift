internal import Articles

/// Decides whether a file's times can be trusted to tell a later change.
///
/// A file changed twice within one tick of the file system's clock has the same times after both. Times are
/// trusted only when both were past by more than a tick before the file was read; otherwise the next run compares
/// the content.
enum TrustedTime {
    /// The time of modification to record: 0 when it cannot be trusted.
    static func of(_ status: FileStatus) -> Int64 {
        // Whole seconds hint at a file system that keeps nothing finer; FAT keeps two.
        let tick: Int64 = status.modified % 1_000_000_000 == 0 ? 2_000_000_000 : 20_000_000
        return status.asked - tick > max(status.modified, status.changed) ? status.modified : 0
    }
}
