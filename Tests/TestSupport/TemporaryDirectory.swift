internal import Glibc
internal import Synchronization

/// An empty directory that removes itself and all below it when it is let go, or, where tests share it to their end, when they
/// exit.
public final class TemporaryDirectory: Sendable {
    /// Absolute, without links.
    public let path: String
    private let isKept: Bool

    public init() {
        var template = Array("/tmp/suoyin-test-XXXXXX\0".utf8).map { CChar(bitPattern: $0) }
        precondition(unsafe mkdtemp(&template) != nil, "tests need a temporary directory they may write to")
        isKept = false
        let path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        self.path = path
        _ = Self.removalAtExit
        Self.live.withLock { _ = $0.insert(path) }
    }

    /// Those that are not removed yet.
    private static let live = Mutex<Set<String>>([])
    private static let removalAtExit: Void = {
        atexit {
            for path in TemporaryDirectory.live.withLock(\.self) { TemporaryDirectory.remove(Array(path.utf8)) }
        }
    }()

    /// A directory at `path`, which stays, with all below it.
    public init(at path: String) {
        self.path = path
        isKept = true
        _ = unsafe mkdir(path, 0o755)
    }

    deinit {
        guard !isKept else { return }
        Self.remove(Array(path.utf8))
        Self.live.withLock { _ = $0.remove(path) }
    }

    /// The path of `name` in the directory, as bytes: names need not be UTF-8.
    public func path(of name: some Sequence<UInt8>) -> [UInt8] { Array(path.utf8) + [0x2F] + name }

    public func path(of name: String) -> String { path + "/" + name }

    /// Writes a file, and makes the directories above it.
    public func write(_ bytes: some Sequence<UInt8>, to name: String) { write(bytes, to: Array(name.utf8)) }

    public func write(_ bytes: some Sequence<UInt8>, to name: [UInt8]) {
        if let slash = name.lastIndex(of: 0x2F) { makeDirectory(Array(name[..<slash])) }
        precondition(writeFile(bytes, to: path(of: name)), "a test's file could not be written")
    }

    public func makeDirectory(_ name: String) { makeDirectory(Array(name.utf8)) }

    private func makeDirectory(_ name: [UInt8]) {
        for end in name.indices where name[end] == 0x2F { makeOne(name[..<end]) }
        makeOne(name[...])
    }

    private func makeOne(_ name: ArraySlice<UInt8>) {
        _ = unsafe Self.withCPath(path(of: name)) { unsafe mkdir($0, 0o755) }
    }

    /// Makes the symbolic link `name`; `target` is taken as written.
    public func link(_ name: String, to target: String) {
        precondition(unsafe symlink(target, path(of: name)) == 0, "a test's link could not be made")
    }

    public func setMode(_ mode: UInt32, of name: String) {
        precondition(unsafe chmod(path(of: name), mode) == 0, "a test could not change a file's mode")
    }

    /// Removes a file, or a directory with all below it.
    public func remove(_ name: String) { Self.remove(path(of: Array(name.utf8))) }

    public func exists(_ name: String) -> Bool { unsafe access(path(of: name), F_OK) == 0 }

    /// Removes what `path` names; links are removed, never followed.
    private static func remove(_ path: [UInt8]) {
        if unsafe withCPath(path, { unsafe unlink($0) }) == 0 { return }
        _ = unsafe withCPath(path) { unsafe chmod($0, 0o755) }
        if let stream = unsafe withCPath(path, { unsafe opendir($0) }) {
            var names: [[UInt8]] = []
            while let entry = unsafe readdir(stream) {
                // SAFETY: `d_name` is NUL-terminated within its 256 bytes.
                names.append(
                    unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) })
            }
            unsafe closedir(stream)
            for name in names where name != [0x2E] && name != [0x2E, 0x2E] { remove(path + [0x2F] + name) }
        }
        _ = unsafe withCPath(path) { unsafe rmdir($0) }
    }

    private static func withCPath<R>(_ bytes: [UInt8], _ body: (UnsafePointer<CChar>) -> R) -> R {
        let terminated = bytes.map { CChar(bitPattern: $0) } + [0]
        return unsafe terminated.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
    }
}
