internal import Glibc
public import Model

/// Why directories cannot be followed.
public enum WatchError: Error, Equatable, Sendable {
    /// The system refused; `code` is its error number.
    case unavailable(code: Int32)
    /// The system watches no more directories for this user.
    case tooManyDirectories(Path)

    /// The directory it is about; nil when it is about all.
    public var path: Path? { if case .tooManyDirectories(let path) = self { path } else { nil } }
}

extension WatchError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unavailable(let code):
            let reason = unsafe String(cString: strerror(code))
            let advice = code == EMFILE ? "; raise fs.inotify.max_user_instances" : ""
            return "directories cannot be followed: \(reason)\(advice)"
        case .tooManyDirectories(let path):
            return
                "\(path.lossyString): the system follows no more directories; what changes there is only seen by the "
                + "next run; raise fs.inotify.max_user_watches"
        }
    }
}
