internal import Glibc

/// What can go wrong between the index and the file system.
public enum StorageError: Error, Equatable, Sendable {
    /// The system refused `operation` on `path` with error number `code`.
    case failed(Operation, path: String, code: Int32)
    /// There is no such file.
    case missing(path: String)
    /// Another writer holds the index; its process id where it could be read.
    case locked(path: String, process: Int?)

    /// What was being done.
    public enum Operation: String, Sendable {
        case list, open, read, map, create, write, sync, rename, remove, lock
    }
}

extension StorageError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .failed(let operation, let path, let code):
            let reason = unsafe String(cString: strerror(code))
            return "cannot \(operation.rawValue) \(path): \(reason)\(Self.advice(code))"
        case .missing(let path):
            return "no such file: \(path)"
        case .locked(let path, let process):
            let holder = process.map { "process \($0)" } ?? "another process"
            return
                "the index at \(path) is being written by \(holder); wait for it to end and run this again, or add --wait"
        }
    }

    private static func advice(_ code: Int32) -> String {
        switch code {
        case ENOSPC, EDQUOT: "; free some space and run this again (the last commit is untouched)"
        case EFBIG:
            "; files may not be that large here, see `ulimit -f` (the last commit is untouched)"
        case EACCES, EPERM, EROFS: "; check the permissions, or choose another place with --index"
        default: ""
        }
    }
}
