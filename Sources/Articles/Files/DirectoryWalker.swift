internal import Glibc
public import Model

/// A file to index, as the walk found it.
public struct FoundFile: Sendable {
    /// Absolute.
    public var path: Path
    /// Its path relative to the directory given: the article's id.
    public var id: [UInt8]
    public var status: FileStatus

    public init(path: Path, id: [UInt8], status: FileStatus) {
        self.path = path
        self.id = id
        self.status = status
    }
}

/// Finds the files of known formats under a path.
///
/// Entries come in the order of their names' bytes, so that two walks agree. Names that begin with a dot are
/// passed over; links are followed, except into a directory that is being walked, and below a link each directory is
/// entered by the first three of its names: directories that are linked with each other would be found by every way there
/// is. What a ``FileSelection`` leaves out is left out.
public struct DirectoryWalker {
    /// The files found.
    public private(set) var files: [FoundFile] = []
    /// What could not be walked.
    public private(set) var problems: [ArticlesError] = []
    /// Files of known formats, and directories, that the selection leaves out.
    public private(set) var leftOut: [(path: Path, by: Exclusion)] = []
    private let excluded: Path?
    /// Is told of each directory before it is read.
    private let willVisit: ((Path) -> Void)?
    /// Directories being walked.
    private var open: [Directory] = []
    /// How often directories have been entered below the outermost link that is being followed; nil outside of links.
    private var enteredByLink: [Directory: Int]?
    private static let namesBelowLink = 3
    private let selection: FileSelection
    private var sieve: FileSieve

    /// - Parameters:
    ///   - selection: what to take.
    ///   - excluded: an absolute path that is left out with all below it: the index itself.
    ///   - willVisit: is told of each directory before it is read, so that whoever watches it misses nothing.
    public init(
        _ selection: FileSelection = FileSelection(), excluding excluded: Path? = nil,
        willVisit: ((Path) -> Void)? = nil
    ) {
        self.selection = selection
        sieve = FileSieve(selection)
        self.excluded = excluded
        self.willVisit = willVisit
    }

    /// Walks `root`, a directory, or takes it, a file of any name.
    ///
    /// - Parameter root: absolute, without links.
    /// - Throws: when `root` itself is missing or unreadable; anything below it becomes a problem.
    public mutating func walk(_ root: Path) throws(ArticlesError) {
        let status = try FileStatus.of(root)
        switch status.kind {
        case .file: files.append(FoundFile(path: root, id: Array(root.name), status: status))
        case .other: throw .notAFile(root)
        case .directory:
            open = [Directory(status)]
            enteredByLink = nil
            sieve = FileSieve(selection)
            try visit(root, id: [])
        }
    }

    /// Walks a root, or a directory below it, as ``walk(_:)`` does when it comes to it.
    ///
    /// - Throws: when `directory` is missing or unreadable, or is one of those that hold it.
    public mutating func walk(_ directory: Path, below root: Path) throws(ArticlesError) {
        open = []
        enteredByLink = nil
        sieve = FileSieve(selection)
        if let exclusion = try selection.exclusion(of: directory, below: root, isDirectory: true) {
            leftOut.append((directory, exclusion))
            return
        }
        let id = directory == root ? [] : directory.relative(to: root).bytes
        var path = root
        for name in [[]] + id.split(separator: Path.separator) {
            if !name.isEmpty { try sieve.enter(path) }
            path = path.appending(name)
            let step = Directory(try FileStatus.of(path))
            guard !open.contains(step) else { throw .symlinkLoop(directory) }
            open.append(step)
        }
        try visit(directory, id: id)
    }

    /// What tells a directory from others, whatever it is called.
    private struct Directory: Hashable {
        private let device: UInt64
        private let inode: UInt64

        init(_ status: FileStatus) { (device, inode) = (status.device, status.inode) }
    }

    private mutating func visit(_ directory: Path, id: [UInt8]) throws(ArticlesError) {
        willVisit?(directory)
        let names = try Self.entries(of: directory)
        do throws(ArticlesError) {
            try sieve.enter(directory, hasIgnoreFile: names.contains(IgnoreFile.name))
        } catch {
            problems.append(error)
        }
        defer { sieve.leave() }
        for name in names where name.first != 0x2E {
            let path = directory.appending(name)
            if path == excluded { continue }
            let childID = id.isEmpty ? name : id + [Path.separator] + name
            do throws(ArticlesError) {
                let status = try FileStatus.of(path)
                switch status.kind {
                case .file:
                    if ArticleFormat(of: path) != nil, isTaken(path, id: childID, isDirectory: false) {
                        files.append(FoundFile(path: path, id: childID, status: status))
                    }
                case .directory:
                    guard isTaken(path, id: childID, isDirectory: true) else { continue }
                    let directory = Directory(status)
                    guard !open.contains(directory) else { throw .symlinkLoop(path) }
                    let isOutermost = enteredByLink == nil && path.isLink
                    if isOutermost { enteredByLink = [:] }
                    defer { if isOutermost { enteredByLink = nil } }
                    if enteredByLink?[directory, default: 0] == Self.namesBelowLink { continue }
                    enteredByLink?[directory, default: 0] += 1
                    open.append(directory)
                    defer { open.removeLast() }
                    try visit(path, id: childID)
                case .other:
                    if ArticleFormat(of: path) != nil { throw .notAFile(path) }
                }
            } catch {
                if case .unreadable(_, let code) = error, code == ELOOP {
                    problems.append(.symlinkLoop(path))
                } else {
                    problems.append(error)
                }
            }
        }
    }

    /// Whether the selection takes a path; if not, notes by what.
    private mutating func isTaken(_ path: Path, id: [UInt8], isDirectory: Bool) -> Bool {
        guard let exclusion = sieve.exclusion(of: path, id: id, isDirectory: isDirectory) else { return true }
        leftOut.append((path, exclusion))
        return false
    }

    private static func entries(of directory: Path) throws(ArticlesError) -> [[UInt8]] {
        guard let stream = unsafe directory.withCString({ unsafe opendir($0) }) else {
            throw .unreadableOrMissing(directory, code: errno)
        }
        defer { unsafe closedir(stream) }
        var names: [[UInt8]] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(stream) else {
                guard errno == 0 else { throw .unreadable(directory, code: errno) }
                break
            }
            // SAFETY: `d_name` is NUL-terminated within its 256 bytes.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            names.append(name)
        }
        return names.sorted { $0.lexicographicallyPrecedes($1) }
    }
}
