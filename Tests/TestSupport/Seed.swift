/// What a random test starts from. As the argument of a test it is printed with every failure; setting
/// `SUOYIN_SEED` to the number printed runs that case alone, and `SUOYIN_SEEDS` to a number runs as many.
public struct Seed: Hashable, Sendable, CustomStringConvertible {
    public let value: UInt64

    public init(_ value: UInt64) { self.value = value }

    public var description: String { "seed \(value)" }

    /// The numbers 1 to `count`, so that every run tests the same cases.
    public static func first(_ count: Int) -> [Seed] {
        if let chosen = environment("SUOYIN_SEED").flatMap({ UInt64($0) }) { return [Seed(chosen)] }
        let count = environment("SUOYIN_SEEDS").flatMap { UInt64($0) } ?? UInt64(count)
        return (1...count).map { Seed($0) }
    }

    public func generator() -> SplitMix64 { SplitMix64(seed: value) }
}

/// SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014): small, and equal
/// on every platform, which the system's generator is not.
public struct SplitMix64: RandomNumberGenerator, Sendable {
    private var state: UInt64

    public init(seed: UInt64) { state = seed }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// An index below `bound`.
    public mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }

    /// True once in `count` times.
    public mutating func once(in count: Int) -> Bool { below(count) == 0 }

    public mutating func pick<C: RandomAccessCollection>(_ choices: C) -> C.Element {
        choices[choices.index(choices.startIndex, offsetBy: below(choices.count))]
    }

    public mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }
}
