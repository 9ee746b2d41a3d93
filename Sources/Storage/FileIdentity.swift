internal import Glibc

/// Tells a file from the one that took its place: files of an index are never changed, only replaced.
public struct FileIdentity: Equatable, Sendable {
    private var device: UInt64
    private var node: UInt64
    private var size: Int
    /// Nanoseconds since 1970, whatever the clock said. A number of a file may be used again; the time at which it got its name
    /// tells.
    private var changed: Int64

    fileprivate init(_ status: stat) {
        device = UInt64(status.st_dev)
        node = UInt64(status.st_ino)
        size = Int(status.st_size)
        changed = Int64(status.st_ctim.tv_sec) &* 1_000_000_000 &+ Int64(status.st_ctim.tv_nsec)
    }
}

extension PosixStorage {
    /// What tells the file that has this name now from others; nil when there is none. One call of the system.
    public func identity(of name: String) -> FileIdentity? {
        var status = stat()
        return unsafe withPath(name) { unsafe stat($0, &status) } == 0 ? FileIdentity(status) : nil
    }
}
