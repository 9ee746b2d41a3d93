internal import Glibc

/// The program `suoyin` as it was built next to the tests, run as a shell runs it, but without one.
///
/// Arguments are bytes, since paths need not be UTF-8. The environment is what a test gives and nothing else, so
/// that no setting of whoever runs the tests gets in.
public enum Tool {
    /// How a process came to its end.
    public enum Ending: Equatable, Sendable {
        case status(Int32)
        case signal(Int32)
        /// It was killed for taking longer than any test may.
        case timeout
    }

    /// What a run gave.
    public struct Result: Sendable, Equatable {
        public var ending: Ending
        public var output: [UInt8]
        public var errors: [UInt8]

        public var status: Int32? { if case .status(let code) = ending { code } else { nil } }
        public var outputText: String { String(decoding: output, as: UTF8.self) }
        public var errorText: String { String(decoding: errors, as: UTF8.self) }
        public var outputLines: [String] { outputText.split(separator: "\n").map(String.init) }
        public var errorLines: [String] { errorText.split(separator: "\n").map(String.init) }
    }

    /// Where the program is.
    public static let path: [UInt8] = {
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = unsafe buffer.withUnsafeMutableBytes {
            unsafe readlink("/proc/self/exe", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
        }
        precondition(count > 0, "tests find the program by the place of their own executable")
        let own = buffer[..<count]
        return Array(own[...own.lastIndex(of: 0x2F)!]) + Array("suoyin".utf8)
    }()

    /// Runs the program to its end.
    ///
    /// - Parameters:
    ///   - directory: the working directory.
    ///   - input: what it finds on standard input.
    ///   - launcher: a command that is given the program and its arguments, as `/usr/bin/env` is.
    ///   - seconds: after this long it is killed; no test waits for ever.
    public static func run(
        _ arguments: [[UInt8]], in directory: String, environment: [String: String] = [:], input: [UInt8] = [],
        launcher: [String] = [], seconds: Double = 120
    ) -> Result {
        let files = (0..<3).map { _ in ScratchFile() }
        files[0].write(input)
        let process = RunningTool(
            arguments, in: directory, environment: environment, launcher: launcher, input: files[0].descriptor,
            output: files[1].descriptor, errors: files[2].descriptor)
        let ending = process.wait(seconds: seconds)
        return Result(ending: ending, output: files[1].readAll(), errors: files[2].readAll())
    }
}

/// The program while it runs.
public final class RunningTool: Sendable {
    /// Its process number.
    public let process: Int32

    /// Starts the program with these as its three streams; they stay open here, too.
    public init(
        _ arguments: [[UInt8]], in directory: String, environment: [String: String] = [:], launcher: [String] = [],
        input: Descriptor, output: Descriptor, errors: Descriptor
    ) {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        let changed = unsafe Self.addChangeOfDirectory(&actions, directory)
        precondition(changed == 0, "a test's working directory could not be set")
        for (number, descriptor) in [input, output, errors].enumerated() {
            unsafe posix_spawn_file_actions_adddup2(&actions, descriptor.number, Int32(number))
        }
        // Descriptors of tests that run at the same time are not the program's.
        unsafe _ = Self.addCloseFrom(&actions, 3)
        // The program begins as a shell starts it, whatever the test runner does with signals.
        var signals = sigset_t()
        unsafe sigemptyset(&signals)
        unsafe posix_spawnattr_setsigmask(&attributes, &signals)
        unsafe sigaddset(&signals, SIGPIPE)
        unsafe posix_spawnattr_setsigdefault(&attributes, &signals)
        unsafe posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

        // A crash is a result here; a stack trace of it would only take time.
        var variables = ["SWIFT_BACKTRACE": "enable=no"].merging(environment) { $1 }
        if let libraries = TestSupport.environment("LD_LIBRARY_PATH") { variables["LD_LIBRARY_PATH"] = libraries }
        var child: pid_t = 0
        let code = unsafe CStrings(launcher.map { Array($0.utf8) } + [Tool.path] + arguments).withPointers {
            arguments in
            unsafe CStrings(variables.map { Array("\($0)=\($1)".utf8) }).withPointers { variables in
                unsafe posix_spawn(&child, arguments[0]!, &actions, &attributes, arguments, variables)
            }
        }
        precondition(code == 0, "`swift build` makes the program that the tests run")
        process = child
    }

    // glibc has these two, but hides them from Swift: POSIX does not know them yet.
    private typealias Actions = UnsafeMutablePointer<posix_spawn_file_actions_t>
    private static let addChangeOfDirectory = unsafe function(
        "posix_spawn_file_actions_addchdir_np", (@convention(c) (Actions, UnsafePointer<CChar>) -> Int32).self)
    private static let addCloseFrom = unsafe function(
        "posix_spawn_file_actions_addclosefrom_np", (@convention(c) (Actions, Int32) -> Int32).self)

    private static func function<F>(_ name: String, _ type: F.Type) -> F {
        let symbol = unsafe dlsym(nil, name)
        // SAFETY: the types are those of <spawn.h>.
        return unsafe unsafeBitCast(symbol!, to: type)
    }

    /// Asks it to end, as a terminal does.
    public func interrupt() { Glibc.kill(process, SIGINT) }

    /// Asks it to end.
    public func terminate() { Glibc.kill(process, SIGTERM) }

    /// Kills it as nothing can prevent.
    public func kill() { send(SIGKILL) }

    public func send(_ signal: Int32) { Glibc.kill(process, signal) }

    /// How it ended; nil while it runs. To be asked no more once it has said.
    public func poll() -> Tool.Ending? {
        var status: Int32 = 0
        return unsafe waitpid(process, &status, WNOHANG) == process ? Self.ending(status) : nil
    }

    private static func ending(_ status: Int32) -> Tool.Ending {
        let signal = status & 0x7F
        return signal == 0 ? .status(status >> 8 & 0xFF) : .signal(signal)
    }

    /// Waits for the end, and kills it after `seconds`.
    public func wait(seconds: Double = 120) -> Tool.Ending {
        let clock = ContinuousClock()
        let deadline = clock.now + .seconds(seconds)
        var isLate = false
        var status: Int32 = 0
        while unsafe waitpid(process, &status, WNOHANG) != process {
            if !isLate, clock.now > deadline {
                isLate = true
                kill()
            }
            usleep(500)
        }
        return isLate ? .timeout : Self.ending(status)
    }
}

/// Strings as C takes a list of them.
private struct CStrings {
    private var bytes: [CChar] = []
    private var starts: [Int] = []

    init(_ strings: [[UInt8]]) {
        for string in strings {
            starts.append(bytes.count)
            bytes += string.map { CChar(bitPattern: $0) } + [0]
        }
    }

    func withPointers<R>(_ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> R) -> R {
        var bytes = bytes
        return unsafe bytes.withUnsafeMutableBufferPointer { buffer in
            // SAFETY: every start lies in the buffer, which stays in place during the call.
            let pointers = unsafe starts.map { unsafe Optional(buffer.baseAddress! + $0) } + [nil]
            return unsafe pointers.withUnsafeBufferPointer { unsafe body($0.baseAddress!) }
        }
    }
}
