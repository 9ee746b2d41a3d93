/// How far sums of the same shares may be apart that are made in another order.
///
/// Each addition rounds by half a unit in the last place at most, so that the difference grows with the number of terms: what
/// is allowed for is four times what was found to occur.
struct Rounding {
    /// The least part of a sum that is allowed for.
    private static let least: Float = 1e-4

    /// The difference as a part of the sum.
    private let part: Float

    /// - Parameter count: terms that the sums are of.
    init(terms count: Int) { part = max(Self.least, Float(count) * 2 * .ulpOfOne) }

    /// Whether a score of at most `bound`, reckoned in another order than a score is, stays below `threshold`.
    func isHopeless(_ bound: Float, _ threshold: Float) -> Bool { bound * (1 + part) < threshold }

    /// What a sum must be for a score to reach `threshold` that has `others` more at most.
    func least(reaching threshold: Float, with others: Float) -> Float {
        (threshold - others) - abs(threshold) * part
    }
}
