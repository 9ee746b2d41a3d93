internal import Glibc
internal import Synchronization
public import Model

/// Runs another program, without a shell, and reads what it writes.
public enum ChildProcess {
    /// How a program ended.
    public enum Ending: Equatable, Sendable {
        case exited(Int32)
        case signalled(Int32)
        /// It was killed: for taking too long, or for writing more than it may.
        case tookTooLong
        case wroteTooMuch
    }

    public struct Outcome: Sendable {
        public var output: [UInt8] = []
        /// The beginning of what it wrote to standard error.
        public var errors: [UInt8] = []
        public var ending = Ending.exited(0)
    }

    /// The system's error number of what kept a program from being run.
    public struct Failure: Error, Equatable, Sendable {
        public var code: Int32
    }

    private static let errorLimit = 1 << 14
    /// Held while a program is started, and while a pipe is made: a program started in the midst of that would inherit the pipe,
    /// which then has no end before that program has.
    private static let starting = Mutex<Void>(())
    /// What a program may need of this process's environment to find its libraries and files.
    private static let passedVariables = ["PATH", "HOME", "LD_LIBRARY_PATH", "TMPDIR"]

    /// The absolute path of a program in the directories of `PATH`; nil when it is in none.
    public static func find(_ name: String) -> Path? {
        let directories = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
        for directory in directories.split(separator: ":") where directory.hasPrefix("/") {
            let path = Path(String(directory)).appending(name.utf8)
            if unsafe path.withCString({ unsafe access($0, X_OK) }) == 0 { return path }
        }
        return nil
    }

    /// Runs a program to its end, or until it passes a limit. Its standard input is empty, its messages are in English.
    ///
    /// It shares this process's group and signal mask: an interrupt that ends this ends it too.
    ///
    /// - Parameters:
    ///   - arguments: without the program's own name.
    ///   - outputLimit: bytes that it may write to standard output.
    public static func run(
        _ program: Path, _ arguments: [[UInt8]], timeLimit: Duration, outputLimit: Int
    ) throws(Failure) -> Outcome {
        let output = try Pipe()
        let errors = try Pipe()
        let process = try spawn(program, arguments, output: output.writer, errors: errors.writer)
        output.closeWriter()
        errors.closeWriter()
        var outcome = Outcome()
        let deadline = ContinuousClock.now + timeLimit
        var isKilled = false
        var waiting = [
            pollfd(fd: output.reader, events: Int16(POLLIN), revents: 0),
            pollfd(fd: errors.reader, events: Int16(POLLIN), revents: 0),
        ]
        while waiting.contains(where: { $0.fd >= 0 }), !isKilled {
            let left = deadline - ContinuousClock.now
            guard left > .zero else {
                outcome.ending = .tookTooLong
                isKilled = true
                break
            }
            let count = unsafe poll(&waiting, 2, Int32(clamping: max(1, left.milliseconds)))
            if count < 0, errno != EINTR { throw give(up: process) }
            guard count > 0 else { continue }
            if waiting[0].revents != 0, !receive(output.reader, into: &outcome.output) { waiting[0].fd = -1 }
            if waiting[1].revents != 0 {
                var piece: [UInt8] = []
                if !receive(errors.reader, into: &piece) { waiting[1].fd = -1 }
                outcome.errors += piece.prefix(errorLimit - outcome.errors.count)
            }
            if outcome.output.count > outputLimit {
                outcome.ending = .wroteTooMuch
                isKilled = true
            }
        }
        if !isKilled, let ending = wait(for: process, until: deadline) {
            outcome.ending = ending
        } else {
            if !isKilled { outcome.ending = .tookTooLong }
            kill(process, SIGKILL)
            var status: Int32 = 0
            while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        }
        return outcome
    }

    private static func give(up process: pid_t) -> Failure {
        let failure = Failure(code: errno)
        kill(process, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        return failure
    }

    /// A pipe that no other program inherits.
    private final class Pipe {
        let reader: Int32
        private(set) var writer: Int32

        init() throws(Failure) {
            var ends: [Int32] = [-1, -1]
            try ChildProcess.starting.withLock { _ throws(Failure) in
                guard unsafe pipe(&ends) == 0 else { throw Failure(code: errno) }
                for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            }
            (reader, writer) = (ends[0], ends[1])
        }

        func closeWriter() {
            if writer >= 0 { close(writer) }
            writer = -1
        }

        deinit {
            close(reader)
            closeWriter()
        }
    }

    private static func spawn(_ program: Path, _ arguments: [[UInt8]], output: Int32, errors: Int32) throws(Failure)
        -> pid_t
    {
        var actions = unsafe posix_spawn_file_actions_t()
        unsafe posix_spawn_file_actions_init(&actions)
        defer { unsafe posix_spawn_file_actions_destroy(&actions) }
        unsafe posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        unsafe posix_spawn_file_actions_adddup2(&actions, output, 1)
        unsafe posix_spawn_file_actions_adddup2(&actions, errors, 2)
        // SAFETY: the copies live until they are freed below; the system copies them before it returns.
        var words = unsafe ([program.bytes] + arguments).map { word in
            unsafe (word.map { CChar(bitPattern: $0) } + [0]).withUnsafeBufferPointer {
                unsafe strdup($0.baseAddress!)
            }
        }
        unsafe words.append(nil)
        let passed = Self.passedVariables.compactMap { name in
            unsafe getenv(name).map { unsafe "\(name)=\(String(cString: $0))" }
        }
        var environment = unsafe (passed + ["LC_ALL=C"]).map { unsafe strdup($0) } + [nil]
        defer {
            unsafe words.forEach { unsafe free($0) }
            unsafe environment.forEach { unsafe free($0) }
        }
        var process: pid_t = 0
        let code = starting.withLock { _ in
            unsafe posix_spawn(&process, words[0]!, &actions, nil, &words, &environment)
        }
        guard code == 0 else { throw Failure(code: code) }
        return process
    }

    /// Reads what is there; false at the end.
    private static func receive(_ descriptor: Int32, into buffer: inout [UInt8]) -> Bool {
        var count = 0
        let piece = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { raw, filled in
            repeat { count = unsafe read(descriptor, raw.baseAddress, 1 << 16) } while count < 0 && errno == EINTR
            filled = max(0, count)
        }
        buffer += piece
        return count > 0
    }

    /// How a process that has closed its output ended; nil when it has not by then.
    private static func wait(for process: pid_t, until deadline: ContinuousClock.Instant) -> Ending? {
        var status: Int32 = 0
        var pause: UInt32 = 100
        while true {
            let found = unsafe waitpid(process, &status, WNOHANG)
            if found == process { break }
            if found < 0, errno != EINTR { return nil }
            guard ContinuousClock.now < deadline else { return nil }
            usleep(pause)
            pause = min(20_000, pause * 2)
        }
        let signal = status & 0x7F
        return signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
    }
}

extension Duration {
    fileprivate var milliseconds: Int64 {
        components.seconds.multipliedReportingOverflow(by: 1000).partialValue
            + components.attoseconds / 1_000_000_000_000_000
    }
}
