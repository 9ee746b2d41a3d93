internal import Glibc
public import Model

/// What the file system says of a file, enough to tell whether it changed since.
public struct FileStatus: Equatable, Sendable {
    public enum Kind: Sendable {
        case file, directory, other
    }

    public var kind: Kind
    /// Bytes.
    public var size: Int
    /// Nanoseconds since 1970, of the last change of content.
    public var modified: Int64
    /// The same, of the last change of content, name or rights; nothing can set it back.
    public var changed: Int64
    /// Device and inode: the same for two names of one file.
    public var device: UInt64
    public var inode: UInt64
    /// When this was asked, in nanoseconds since 1970: a change after it may bear the same times.
    public var asked: Int64

    /// Whether both say the same of the file; when they were asked does not matter.
    public static func == (left: FileStatus, right: FileStatus) -> Bool {
        left.kind == right.kind && left.size == right.size && left.modified == right.modified
            && left.changed == right.changed && left.device == right.device && left.inode == right.inode
    }

    init(_ status: stat) {
        switch status.st_mode & S_IFMT {
        case S_IFREG: kind = .file
        case S_IFDIR: kind = .directory
        default: kind = .other
        }
        size = Int(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
        var now = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &now)
        asked = Self.nanoseconds(now)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Nanoseconds since 1970; the nearest there are for years before 1678 and after 2261, which a broken clock or an archive
    /// may give.
    private static func nanoseconds(_ time: timespec) -> Int64 {
        let (whole, overflow) = Int64(time.tv_sec).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isTooMuch) = whole.addingReportingOverflow(Int64(time.tv_nsec))
        return !overflow && !isTooMuch ? sum : time.tv_sec < 0 ? .min : .max
    }

    /// The status of what `path` names, links followed.
    public static func of(_ path: Path) throws(ArticlesError) -> FileStatus {
        var status = stat()
        guard unsafe path.withCString({ unsafe stat($0, &status) }) == 0 else {
            throw .unreadableOrMissing(path, code: errno)
        }
        return FileStatus(status)
    }

    /// The status of what an input is read from: of a kind other than a file, its size says nothing.
    public static func of(_ input: ArticleInput) throws(ArticlesError) -> FileStatus {
        try FileReader(input) { false }.status
    }
}

extension Path {
    /// The absolute path without links, `.` and `..`.
    public func resolved() throws(ArticlesError) -> Path {
        guard let real = unsafe withCString({ unsafe realpath($0, nil) }) else {
            throw .unreadableOrMissing(self, code: errno)
        }
        defer { unsafe free(real) }
        return Path(bytes: unsafe Array(UnsafeRawBufferPointer(start: real, count: strlen(real))))
    }

    /// Whether it names a symbolic link, wherever that leads.
    public var isLink: Bool {
        var status = stat()
        return unsafe withCString { unsafe lstat($0, &status) } == 0 && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The absolute path without links as far as there is something, and the rest by name alone: what
    /// ``resolved()`` gave before the file was removed.
    public func resolvedOrGone(in directory: Path) -> Path {
        let absolute = standardized(in: directory)
        var existing = absolute
        while existing.bytes.count > 1 {
            if let real = try? existing.resolved() {
                return real.appending(absolute.bytes[existing.bytes.count...].drop { $0 == Path.separator })
            }
            existing = existing.parent
        }
        return absolute
    }
}

extension ArticlesError {
    static func unreadableOrMissing(_ path: Path, code: Int32) -> ArticlesError {
        code == ENOENT || code == ENOTDIR ? .missing(path) : .unreadable(path, code: code)
    }
}
