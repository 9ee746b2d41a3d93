internal import Glibc

/// Standard input, for commands that go on until it ends or a signal asks them to.
struct StandardInput: Sendable {
    enum Event {
        case bytes([UInt8])
        case end
        case interruption
    }

    /// Becomes readable when the process is to end, see ``Signals/interruption()``.
    private let interruption: Int32
    private let isOpen: Bool

    /// From here on, signals that ask the process to end are events.
    init() {
        // Asked first: else the descriptor that is made here may take the number of a closed standard input.
        isOpen = fcntl(STDIN_FILENO, F_GETFD) >= 0
        interruption = Signals.interruption()
    }

    /// What comes next, once there is anything. Input that cannot be read has ended.
    func next() -> Event {
        guard isOpen else { return .end }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            var descriptors = [
                pollfd(fd: interruption, events: Int16(POLLIN), revents: 0),
                pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0),
            ]
            guard unsafe poll(&descriptors, 2, -1) >= 0 else {
                if errno == EINTR { continue }
                return .end
            }
            if descriptors[0].revents != 0 { return .interruption }
            let count = unsafe read(STDIN_FILENO, &buffer, buffer.count)
            if count > 0 { return .bytes(Array(buffer[..<count])) }
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return .end
        }
    }
}
