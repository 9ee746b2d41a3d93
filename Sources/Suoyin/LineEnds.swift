/// Line ends in text: LF, CR, or both together.
enum LineEnds {
    /// How many there are. O(length of the text).
    static func count(in text: ArraySlice<UInt8>) -> Int {
        zip(text, text.dropFirst() + [0]).count { $0 == 0x0A || ($0 == 0x0D && $1 != 0x0A) }
    }
}
