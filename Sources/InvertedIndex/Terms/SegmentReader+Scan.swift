public import Bytes
public import Model

extension SegmentReader {
    /// Calls `body` with the keys that begin with `prefix`, ascending, and the number of documents that hold each, deleted ones
    /// included, until it returns false or `limit` terms have been looked at.
    ///
    /// - Returns: the terms looked at.
    /// - Complexity: O(log terms + terms looked at).
    @discardableResult
    public func scanTerms(
        prefix: [UInt8], limit: Int = .max, _ body: ([UInt8], Int) throws(FormatError) -> Bool
    ) throws(FormatError) -> Int {
        let terms = TermIterator(dictionary)
        guard limit > 0, try terms.seek(prefix) else { return 0 }
        var count = 0
        repeat {
            guard terms.key.starts(with: prefix) else { break }
            count += 1
            guard try body(terms.key, try terms.documentCount()), count < limit else { break }
        } while try terms.next()
        return count
    }

    /// Documents of the segment that hold a term, deleted ones included; 0 when none does.
    public func documentCount(_ key: TermKey) throws(FormatError) -> Int { try find(key)?.documentCount ?? 0 }
}
