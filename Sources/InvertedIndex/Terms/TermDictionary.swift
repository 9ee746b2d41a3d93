public import Bytes
public import Model

/// Finds terms in a segment. Opening reads the trailer, whatever the number of terms; a look-up is O(log terms) and reads
/// parts of one block.
public struct TermDictionary: Sendable {
    private let body: ByteView
    private let fences: ByteView
    private let offsets: ByteView
    /// What entries point into.
    let files: PostingsFiles
    let blockCount: Int
    /// Terms in the dictionary.
    public let termCount: Int
    /// The scales of the impacts of paragraphs and of titles.
    public let paragraphScale: ImpactScale
    public let titleScale: ImpactScale

    init(terms body: ByteView, postings: ByteView, positions: ByteView) throws(FormatError) {
        let trailer = body.count - TermDictionaryFormat.trailerSize
        let fencesOffset = try body.integer(at: trailer, as: UInt64.self)
        let blockCount = try body.integer(at: trailer + 8, as: UInt64.self)
        let termCount = try body.integer(at: trailer + 16, as: UInt64.self)
        let blockSize = UInt64(TermDictionaryFormat.blockSize)
        guard blockCount <= UInt64(trailer) / 16, termCount <= blockCount * blockSize,
            fencesOffset == UInt64(trailer) - blockCount * 16
        else { throw .malformed(file: body.file, offset: body.origin + trailer, rule: .countMismatch) }
        func scale(_ offset: Int) throws(FormatError) -> ImpactScale {
            let average = Float(bitPattern: try body.integer(at: trailer + offset))
            guard average.isFinite, average >= 1 else {
                throw .malformed(file: body.file, offset: body.origin + trailer + offset, rule: .valueOutOfRange)
            }
            return ImpactScale(average: average)
        }
        paragraphScale = try scale(24)
        titleScale = try scale(28)
        let stepParameter = try body.integer(at: trailer + 32, as: UInt64.self)
        guard stepParameter <= 24 else {
            throw .malformed(file: body.file, offset: body.origin + trailer + 32, rule: .valueOutOfRange)
        }
        self.body = try body.slice(0..<Int(fencesOffset))
        files = PostingsFiles(
            terms: self.body, postings: postings, positions: positions, stepParameter: Int(stepParameter))
        fences = try body.slice(at: fencesOffset, length: blockCount * 8)
        offsets = try body.slice(at: fencesOffset + blockCount * 8, length: blockCount * 8)
        self.blockCount = Int(blockCount)
        self.termCount = Int(termCount)
    }

    /// The name of its file, for messages.
    var file: String { body.file }

    /// The entry of `key`, or nil when no document holds the term.
    public func find(_ key: TermKey) throws(FormatError) -> TermEntry? {
        guard let number = try findBlock(key.bytes) else { return nil }
        return try find(key, inBlock: number)
    }

    /// The entries of many keys, in less time than one by one.
    public func find(_ keys: [TermKey]) throws(FormatError) -> [TermEntry?] {
        let blocks = try findBlocks(keys.map(\.bytes))
        var entries: [TermEntry?] = []
        entries.reserveCapacity(keys.count)
        for (key, number) in zip(keys, blocks) {
            entries.append(try number.flatMap { (number) throws(FormatError) in try find(key, inBlock: number) })
        }
        return entries
    }

    private func find(_ key: TermKey, inBlock number: Int) throws(FormatError) -> TermEntry? {
        let block = try block(number)
        guard let place = try block.find(key.bytes) else { return nil }
        return try entry(place, of: block, key: key.bytes)
    }

    /// Calls `body` with every term, ascending, and its entry.
    public func forEach(_ body: ([UInt8], TermEntry) throws(FormatError) -> Void) throws(FormatError) {
        var key: [UInt8] = []
        for number in 0..<blockCount {
            let block = try block(number)
            var place = block.start
            for _ in 0..<block.count {
                place = try block.next(place)
                try block.read(place, into: &key)
                try body(key, try entry(place, of: block, key: key))
            }
        }
    }

    /// The last block whose first key is not after `key`.
    func findBlock(_ key: [UInt8]) throws(FormatError) -> Int? { try findBlocks([key])[0] }

    private func findBlocks(_ keys: [[UInt8]]) throws(FormatError) -> [Int?] {
        let targets = keys.map { TermDictionaryFormat.fence($0) }
        let counts = try fences.countsOfIntegers(below: targets)
        var blocks: [Int?] = []
        blocks.reserveCapacity(keys.count)
        for (index, key) in keys.enumerated() {
            var low = counts[index]
            if low < blockCount, try fences.integer(at: low * 8, as: UInt64.self) == targets[index] {
                // Long words may begin alike for seven bytes and more: those blocks are told apart by their first keys.
                let isLast = targets[index] == .max
                var high = isLast ? blockCount : try fences.countsOfIntegers(below: [targets[index] + 1])[0]
                while low < high {
                    let middle = (low + high) / 2
                    if try block(middle).orderOfFirst(to: key) > 0 { high = middle } else { low = middle + 1 }
                }
            }
            blocks.append(low > 0 ? low - 1 : nil)
        }
        return blocks
    }

    /// Opens a block. One of no terms is malformed.
    func block(_ number: Int) throws(FormatError) -> TermDictionaryBlock {
        let start = try offsets.integer(at: number * 8, as: UInt64.self)
        let end =
            number + 1 < blockCount ? try offsets.integer(at: number * 8 + 8, as: UInt64.self) : UInt64(body.count)
        guard start <= end else {
            throw .malformed(file: body.file, offset: offsets.origin + number * 8, rule: .offsetOutOfRange)
        }
        let block = try TermDictionaryBlock(try body.slice(at: start, length: end - start).checked())
        guard block.count > 0 else {
            throw .malformed(file: body.file, offset: body.origin + Int(start), rule: .countMismatch)
        }
        return block
    }

    /// The entry at a place of a block.
    ///
    /// - Parameter key: the term's.
    func entry(_ place: TermDictionaryBlock.Place, of block: TermDictionaryBlock, key: [UInt8]) throws(FormatError)
        -> TermEntry
    {
        var entry = try block.entry(place, key: key, in: files)
        if let hostKey = TermDictionaryFormat.hostKey(of: key) {
            guard let host = try find(TermKey(bytes: hostKey)) else {
                throw .malformed(file: body.file, offset: block.origin, rule: .unknownKey)
            }
            entry.host = HostEntry(host)
        }
        return entry
    }

    /// The error for a block that breaks a rule.
    func error(inBlock block: Int, _ rule: FormatError.Rule) -> FormatError {
        .malformed(file: body.file, offset: offsets.origin + block * 8, rule: rule)
    }
}
