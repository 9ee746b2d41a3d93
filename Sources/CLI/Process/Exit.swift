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

/// Where a signal handler writes. Set once, before there is a handler.
nonisolated(unsafe) private var interrupted: Int32 = -1

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

    /// A file descriptor that becomes readable when SIGINT or SIGTERM asks the process to end. Asked a second time, it
    /// ends at once.
    static func interruption() -> Int32 {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { return -1 }
        unsafe interrupted = ends[1]
        for number in [SIGINT, SIGTERM] {
            // Nothing here but what a signal handler may do.
            signal(number) { _ in
                signal(SIGINT, SIG_DFL)
                signal(SIGTERM, SIG_DFL)
                var byte: UInt8 = 1
                _ = unsafe write(interrupted, &byte, 1)
            }
        }
        return ends[0]
    }

    /// Ends the process, with success, if it has not ended by itself after so many seconds.
    static func leave(after seconds: UInt32) {
        signal(SIGALRM) { _ in _exit(Exit.found.rawValue) }
        alarm(seconds)
    }
}
