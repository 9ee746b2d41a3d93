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
    /// Turns what would kill the process without a word into errors.
    static func arrange() {
        // A reader that closes its end, and a file that grows beyond `ulimit -f`, fail the next write.
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        // A mapped file that the disk cannot read, or that someone cut short.
        signal(SIGBUS) { _ in
            let message: StaticString =
                "suoyin: a file of the index cannot be read from the disk; `suoyin check` tells which\n"
            unsafe _ = write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
            _exit(Exit.failed.rawValue)
        }
    }
}
