/// The symbols that texts are coded in.
///
/// ```
/// 0 ..< 256        one byte each
/// 256              the end of a text
/// 257 ..< 497      copies: 257 + 16 × class of the length + class of the distance
/// 497 ..           the tokens of the vocabulary
/// ```
/// A copy repeats `length` symbols from `distance` symbols before, ends of texts included, copies already carried
/// out. The class of a distance is the number of bits behind its highest one; these follow, then those of the length.
enum TextSymbol {
    static let end: UInt16 = 256
    static let firstCopy = 257
    static let firstToken = 497
    /// Symbols there may be.
    static let limit = 1 << 16
    /// Bytes a token may have.
    static let longestToken = 32

    static let shortestCopy = 2
    /// The shortest length of each class, and how many bits more say which length it is.
    static let copyLengths = [2, 3, 4, 5, 6, 7, 8, 9, 10, 14, 22, 38, 70, 134, 262]
    static let copyBits = [0, 0, 0, 0, 0, 0, 0, 0, 2, 3, 4, 5, 6, 7, 8]
    static let longestCopy = 517
    static let longestDistance = 1 << 16 - 1

    /// The class of a copy's length.
    static func copyClass(_ length: Int) -> Int {
        var found = min(length - shortestCopy, 8)
        while found + 1 < copyLengths.count, copyLengths[found + 1] <= length { found += 1 }
        return found
    }
}
