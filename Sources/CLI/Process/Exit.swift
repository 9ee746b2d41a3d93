internal import Glibc
internal import Synchronization

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

/// The signal that asked the process to end; 0 while there was none.
private let asked = Atomic<Int32>(0)

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
        // No program that is run inherits it.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
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

    /// Whether SIGINT or SIGTERM has asked the process to end since this was first asked. Before that they kill it, and so
    /// does a second one.
    static var isInterrupted: Bool {
        areNoted
        return asked.load(ordering: .relaxed) != 0
    }

    private static let areNoted: Void = {
        _ = asked.load(ordering: .relaxed)
        for number in [SIGINT, SIGTERM] {
            // Nothing here but what a signal handler may do.
            signal(number) { number in
                signal(SIGINT, SIG_DFL)
                signal(SIGTERM, SIG_DFL)
                asked.store(number, ordering: .relaxed)
            }
        }
    }()

    /// Ends the process by the signal that asked for it, once what it had begun has been put in order: a shell that runs
    /// a script of many commands then knows not to go on.
    static func leaveAsAsked() -> Never {
        let number = asked.load(ordering: .relaxed)
        signal(number, SIG_DFL)
        // The runtime's threads have signals blocked.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe sigaddset(&signals, number)
        unsafe pthread_sigmask(SIG_UNBLOCK, &signals, nil)
        raise(number)
        exit(Exit.failed.rawValue)
    }

    /// Ends the process, with success, if it has not ended by itself after so many seconds.
    static func leave(after seconds: UInt32) {
        signal(SIGALRM) { _ in _exit(Exit.found.rawValue) }
        alarm(seconds)
    }
}
