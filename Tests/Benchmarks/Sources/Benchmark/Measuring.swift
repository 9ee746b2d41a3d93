internal import Glibc

/// A number to two decimals.
func number(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    let fraction = "\(abs(hundredths) % 100)"
    return "\(hundredths / 100)." + (fraction.count == 1 ? "0" : "") + fraction
}

/// The time that the thread spends on `work`, so that other work on the machine counts less.
func seconds(_ work: () throws -> Void) rethrows -> Double {
    func now() -> Double {
        var time = timespec()
        unsafe clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
    let start = now()
    try work()
    return now() - start
}
