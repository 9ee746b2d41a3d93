internal import ArgumentParser
internal import Output

/// What to do while another process writes the index: end with an error, or `--wait`.
struct WaitOption: ParsableArguments {
    @Flag(help: "When another process is writing the index, wait for it to end.")
    var wait = false

    /// Says who is waited for; nil when nobody is.
    var waiting: (@Sendable (Int?) -> Void)? {
        guard wait else { return nil }
        return { process in
            let holder = process.map { "process \($0)" } ?? "another process"
            StandardError.write("suoyin: waiting for \(holder) to finish writing the index")
        }
    }
}
