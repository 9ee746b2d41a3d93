internal import CICU

/// The words and costs of one of ICU's dictionaries, as a serialized trie: the file that ICU has mapped.
///
/// The content is eight 32-bit numbers, then the trie (`UCharsTrie` in ICU's terms). Of the numbers the first is the
/// offset of the trie, the fourth the length of the whole, both in bytes; the fifth tells the kind of trie, the sixth
/// how characters were changed to fit one of bytes.
@safe final class DictionaryData: @unchecked Sendable {
    // SAFETY (unchecked Sendable): ICU's data does not change, and is closed with the last reference.
    private let data: OpaquePointer
    // SAFETY: within the data.
    /// The trie, 16 bits a unit; see ``TrieReader``. Valid as long as this object.
    let units: UnsafeBufferPointer<UInt16>

    /// - Parameter name: a dictionary among ICU's data for break iterators.
    /// - Returns: nil when there is no such dictionary, or one of another shape.
    init?(named name: String) {
        var status: Int32 = 0
        guard let data = unsafe suoyin_dictionary_open(name, &status), status <= 0 else { return nil }
        guard let units = unsafe Self.units(of: data) else {
            unsafe suoyin_dictionary_close(data)
            return nil
        }
        unsafe (self.data, self.units) = unsafe (data, units)
    }

    /// The trie of a dictionary that is open; nil where it has another shape.
    private static func units(of data: OpaquePointer) -> UnsafeBufferPointer<UInt16>? {
        guard let content = unsafe suoyin_dictionary_content(data) else { return nil }
        // SAFETY: ICU checked the kind of the file, which has these eight numbers and is as long as it says.
        let (start, length) = unsafe (Int(content[0]), Int(content[3]))
        let kind = unsafe content[4] & 7
        let transform = unsafe content[5]
        guard kind == 1, transform == 0, start >= 32, start % 2 == 0, length > start, length < 1 << 28 else {
            return nil
        }
        return unsafe UnsafeBufferPointer(
            start: (UnsafeRawPointer(content) + start).assumingMemoryBound(to: UInt16.self),
            count: (length - start) / 2)
    }

    deinit { unsafe suoyin_dictionary_close(data) }

    /// A copy of the units.
    var trie: [UInt16] { unsafe Array(units) }
}
