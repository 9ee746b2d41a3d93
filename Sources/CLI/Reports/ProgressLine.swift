internal import Glibc
internal import Suoyin
internal import Synchronization

/// A line on the terminal that says how far indexing or merging has come, written over and over.
final class ProgressLine: Sendable {
    private struct State {
        var last: ContinuousClock.Instant
        var isShown = false
        /// When the merge at work was first heard of, and how far it had come then and the last time.
        var merge: (start: ContinuousClock.Instant, first: Int, last: Int)?
    }

    private static let interval = Duration.milliseconds(100)
    private let start: ContinuousClock.Instant
    private let state: Mutex<State>

    /// - Parameter readsInput: whether somebody may be typing what is worked on.
    /// - Returns: nil when standard error is no terminal, or that is where they type.
    init?(readsInput: Bool = false) {
        guard isatty(STDERR_FILENO) == 1, !(readsInput && isatty(STDIN_FILENO) == 1) else { return nil }
        start = .now
        state = Mutex(State(last: start))
    }

    /// Shows it, unless it was shown a moment ago.
    func show(_ progress: Indexer.Progress) {
        show { _, now in Self.text(progress, seconds: (now - start) / .seconds(1)) }
    }

    /// The same of a merge, which may follow another.
    func showMerge(written: Int, total: Int) {
        show { state, now in
            var merge = state.merge ?? (now, written, written)
            if written < merge.last { merge = (now, written, written) }
            merge.last = written
            state.merge = merge
            return Self.mergeText(
                written: written, total: total, since: merge.first, seconds: (now - merge.start) / .seconds(1))
        }
    }

    private func show(_ text: (_ state: inout State, _ now: ContinuousClock.Instant) -> String) {
        state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.last >= Self.interval else { return }
            state.last = now
            state.isShown = true
            Self.write("\r\u{1B}[K" + text(&state, now))
        }
    }

    /// Takes the line off the terminal, so that others can be written.
    func clear() {
        state.withLock { state in
            if state.isShown { Self.write("\r\u{1B}[K") }
            state.isShown = false
        }
    }

    /// `12345 articles, 34.5 MB/s, 12 s left`.
    static func text(_ progress: Indexer.Progress, seconds: Double) -> String {
        let speed = seconds > 0 ? Double(progress.textBytes) / 1e6 / seconds : 0
        var text = "\(Plural.count(progress.articles, "article")), \(Decimals.string(speed, places: 1)) MB/s"
        if progress.readBytes > 0, let total = progress.totalBytes {
            let rest = Double(total - progress.readBytes) / Double(progress.readBytes)
            text += ", \(Decimals.string((seconds * rest).rounded(.up), places: 0)) s left"
        }
        return text
    }

    /// `merging: 45 %, 34.5 MB/s, 12 s left`.
    ///
    /// - Parameter first: bytes that had been written `seconds` ago.
    static func mergeText(written: Int, total: Int, since first: Int, seconds: Double) -> String {
        let recent = Double(written - first)
        let speed = seconds > 0 ? recent / 1e6 / seconds : 0
        var text = "merging: \(total > 0 ? 100 * written / total : 0) %, \(Decimals.string(speed, places: 1)) MB/s"
        if recent > 0 {
            let rest = seconds * Double(total - written) / recent
            text += ", \(Decimals.string(rest.rounded(.up), places: 0)) s left"
        }
        return text
    }

    private static func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = unsafe bytes.withUnsafeBytes { unsafe Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
