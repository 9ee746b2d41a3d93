/// How many cases of a campaign to run: few by default, as many as the environment says when there is time.
///
/// - Parameter variable: `SUOYIN_FAULTS` for faults of the storage, `SUOYIN_KILLS` for runs killed, `SUOYIN_COMMITS`
///   for commits under readers.
public func campaign(_ variable: String, default count: Int) -> Int {
    environment(variable).flatMap { Int($0) } ?? count
}
