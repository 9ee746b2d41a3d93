/// The whole numbers that options take.
enum WholeNumber {
    /// What an option takes where something else was given. The parser says which option, and what.
    private struct Problem: Error, CustomStringConvertible {
        var least: Int
        var description: String { "give a whole number from \(least) to \(WholeNumber.greatest)" }
    }

    /// More of anything than can be counted, and far from what overflows.
    private static let greatest = Int(Int32.max)

    /// For an option's `transform`: takes a number from `least` on.
    static func from(_ least: Int) -> @Sendable (String) throws -> Int {
        { text in
            guard let number = Int(text), (least...greatest).contains(number) else { throw Problem(least: least) }
            return number
        }
    }
}
