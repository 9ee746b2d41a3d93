/// Measures how long queries take, one by one.
struct QueryTimer {
    private var milliseconds: [Double] = []
    private let clock = ContinuousClock()

    /// Seconds of all queries together.
    var seconds: Double { milliseconds.reduce(0, +) / 1000 }

    mutating func measure<R>(_ body: () throws -> R) rethrows -> R {
        let start = clock.now
        let result = try body()
        milliseconds.append((clock.now - start) / .milliseconds(1))
        return result
    }

    /// One line: queries, seconds, queries a second, and the 50th, 95th and 99th percentile in milliseconds.
    var json: String {
        let sorted = milliseconds.sorted()
        func percentile(_ share: Double) -> String {
            guard !sorted.isEmpty else { return "0" }
            let index = min(sorted.count - 1, Int(Double(sorted.count) * share))
            return Decimals.string(sorted[index], places: 4)
        }
        let rate = seconds > 0 ? Double(sorted.count) / seconds : 0
        return "{\"queries\":\(sorted.count),\"seconds\":\(Decimals.string(seconds, places: 6)),"
            + "\"qps\":\(Decimals.string(rate, places: 1)),\"p50_ms\":\(percentile(0.5)),"
            + "\"p95_ms\":\(percentile(0.95)),\"p99_ms\":\(percentile(0.99))}"
    }
}
