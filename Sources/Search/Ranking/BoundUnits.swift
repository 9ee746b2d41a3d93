/// The whole numbers that bounds of scores are kept in: an article's takes two bytes, so that those of all articles stay near
/// the processor while terms are added to one here and one there, and are passed over many at a time.
///
/// A score is rounded up, by a unit and a half at most, so that what is kept stays a bound, and a little more of it is left to
/// look at closely.
struct BoundUnits {
    typealias Value = Int16

    /// Units of what no sum exceeds: some are left for rounding.
    private static let most: Float = 30_000
    /// 2²³: added to a number below it, it leaves the number's whole part, rounded, in the lowest bits.
    private static let shift: Float = 8_388_608

    /// Units of a score of 1.
    let scale: Float

    /// - Parameter greatest: what no sum of scores exceeds.
    init(greatest: Float) {
        let scale = Self.most / greatest
        self.scale = scale.isFinite ? scale : 1
    }

    /// A sum, in units, with something added to it.
    ///
    /// - Parameter scaled: a score times ``scale``, no more in all than it was said of sums.
    @inline(__always)
    static func adding(_ scaled: Float, to sum: Value) -> Value {
        let units = Int32(truncatingIfNeeded: (scaled + shift).bitPattern & 0xFFFF) + 1
        return Value(truncatingIfNeeded: min(Int32(sum) + units, Int32(Value.max)))
    }

    /// Units that any sum has that is not below `score`; 1 at least, which any sum has that something was added to.
    func floor(_ score: Float) -> Value { Value(max(1, min(score * scale, Float(Value.max)))) }

    /// What a sum does not exceed.
    func score(_ units: Value) -> Float { Float(units) / scale }
}
