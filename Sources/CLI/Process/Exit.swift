internal import Glibc

/// How the process ends: what scripts go by.
enum Exit: Int32, Error {
    /// There are hits, or the work is done.
    case found = 0
    /// There is nothing to show.
    case none = 1
    /// Something went wrong, and standard error says what.
    case failed = 2

    func leave() -> Never { exit(rawValue) }
}

enum Signals {
    /// A reader that closes its end becomes an error of the next write, not the death of the process.
    static func ignoreBrokenPipes() { signal(SIGPIPE, SIG_IGN) }
}
