internal import Glibc

/// Standard output for people: what is longer than their screen goes to a pager.
///
/// As much as fits is held back until more comes, or the end.
@safe final class PagedOutput {
    private let output = StandardOutput()
    /// Lines that fit on the screen with what is written after them; nil for no pager.
    private let room: Int?
    private var held: [UInt8] = []
    private var heldLines = 0
    private var pager: UnsafeMutablePointer<FILE>?

    /// - Parameter rows: lines of the terminal; nil for no pager.
    init(rows: Int?) {
        // A line that sums up, and the shell's prompt.
        room = rows.map { max(1, $0 - 2) }
    }

    /// - Throws: `BrokenPipe` when the reader has had enough, `OutputError` when there is no room.
    func write(_ bytes: [UInt8]) throws {
        guard let room else { return try output.write(bytes) }
        if unsafe pager == nil {
            held += bytes
            heldLines += bytes.count { $0 == 0x0A }
            if heldLines <= room { return }
            unsafe pager = Self.openPager()
            defer { held = [] }
            try pass(held)
        } else {
            try pass(bytes)
        }
    }

    /// Writes what has been held back, or waits until the pager has been left.
    func finish() throws {
        let rest = held
        held = []
        if unsafe pager == nil { return try output.write(rest) }
        closePager()
    }

    private func pass(_ bytes: [UInt8]) throws {
        // Without one, as when the system has no more processes, there is still the screen.
        guard let pager = unsafe pager else { return try output.write(bytes) }
        do {
            try StandardOutput(descriptor: unsafe fileno(pager)).write(bytes)
        } catch {
            closePager()
            throw error
        }
    }

    private func closePager() {
        guard let pager = unsafe pager else { return }
        unsafe self.pager = nil
        // How it ends is between it and its user.
        unsafe _ = pclose(pager)
        signal(SIGINT, SIG_DFL)
    }

    /// The pager that is set, by a shell; text goes straight through where there is no such program.
    private static func openPager() -> UnsafeMutablePointer<FILE>? {
        var command = Array("if command -v less >/dev/null; then exec less -R; else exec cat; fi".utf8)
        if let chosen = Environment.bytes("SUOYIN_PAGER") ?? Environment.bytes("PAGER") {
            command = Array("(".utf8) + chosen + Array("\n) || { [ $? -ne 127 ] || cat; }".utf8)
        }
        // less, if it is that, is to let colours through; what its user has set stays.
        unsafe setenv("LESS", "R", 0)
        let pager = unsafe popen(command.map { CChar(bitPattern: $0) } + [0], "we")
        // An interrupt is for the pager, which stops at it and goes on.
        signal(SIGINT, SIG_IGN)
        return unsafe pager
    }
}
