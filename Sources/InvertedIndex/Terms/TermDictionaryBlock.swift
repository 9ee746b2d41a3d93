internal import Bytes
internal import Model

/// One block of a dictionary. Opening it reads its head and allocates nothing; see ``TermDictionaryFormat``.
struct TermDictionaryBlock {
    /// Terms in it.
    let count: Int
    /// Checked; empty when there are no terms.
    private let bytes: ByteView
    /// Of all keys.
    private let prefix: Range<Int>
    /// Size of what follows the prefix in each key; 0 when sizes differ.
    private let suffixSize: Int
    private let postingsStart: UInt64
    private let positionsStart: UInt64
    /// Where the sizes of the entries begin, one byte each.
    private let sizes: Int
    /// Where the rests of the keys begin, where they are of one size.
    private let suffixes: Int

    /// Reads the head.
    ///
    /// - Parameter bytes: of the block, their pages checked.
    init(_ bytes: ByteView) throws(FormatError) {
        self.bytes = bytes
        var cursor = ByteCursor(bytes)
        count = Int(try cursor.integer(UInt8.self))
        let shared = Int(try cursor.integer(UInt8.self))
        prefix = cursor.position..<cursor.position + shared
        _ = try cursor.bytes(shared)
        suffixSize = Int(try cursor.integer(UInt8.self))
        postingsStart = try cursor.varint()
        positionsStart = try cursor.varint()
        sizes = cursor.position
        suffixes = sizes + count
        guard count <= TermDictionaryFormat.blockSize, suffixes + count * suffixSize <= bytes.count else {
            throw cursor.error(.offsetOutOfRange)
        }
    }

    // MARK: Places

    /// Where a term's entry lies: its number in the block, and its bytes.
    struct Place {
        fileprivate(set) var index: Int
        fileprivate(set) var entry: Range<Int>
    }

    /// The place before the first term's.
    var start: Place { Place(index: -1, entry: suffixes..<suffixes + count * suffixSize) }

    /// The place after `place`.
    ///
    /// - Precondition: there is one.
    func next(_ place: Place) throws(FormatError) -> Place {
        let index = place.index + 1
        var offset = place.entry.upperBound
        var size = Int(try bytes.integer(at: sizes + index, as: UInt8.self))
        if size == Int(TermDictionaryFormat.largeEntry) {
            size = Int(try bytes.integer(at: offset, as: UInt32.self))
            offset += 4
        }
        guard size <= bytes.count - offset else { throw error(.offsetOutOfRange) }
        return Place(index: index, entry: offset..<offset + size)
    }

    // MARK: Keys

    /// The place of `key`; nil when it is not there.
    func find(_ key: [UInt8]) throws(FormatError) -> Place? {
        guard try comparePrefix(key) == 0 else { return nil }
        let wanted = key[prefix.count...]
        guard suffixSize > 0 else { return try scan(wanted) }
        if suffixSize <= 8 { return try wanted.count == suffixSize ? findShort(wanted) : nil }
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            let order = try compare(column(middle), wanted)
            if order == 0 { return try place(middle) }
            if order < 0 { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    /// The same where what follows the prefix is an integer: Han terms, by far the most.
    private func findShort(_ wanted: ArraySlice<UInt8>) throws(FormatError) -> Place? {
        let wanted = wanted.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let found = try unsafe bytes.withUnsafeBytes { bytes in
            // SAFETY: the column was found to lie within the block.
            var low = 0
            var left = count
            while left > 0 {
                let half = left / 2
                let isBelow =
                    unsafe Self.integer(bytes, at: suffixes + (low + half) * suffixSize, suffixSize) < wanted
                low = isBelow ? low + half + 1 : low
                left = isBelow ? left - half - 1 : half
            }
            guard low < count else { return -1 }
            return unsafe Self.integer(bytes, at: suffixes + low * suffixSize, suffixSize) == wanted ? low : -1
        }
        return found >= 0 ? try place(found) : nil
    }

    /// Eight bytes at most, the first the most significant.
    @inline(__always)
    private static func integer(_ bytes: UnsafeRawBufferPointer, at offset: Int, _ size: Int) -> UInt64 {
        if offset + 8 <= bytes.count {
            let word = unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self).bigEndian
            return word >> UInt64(64 - 8 * size)
        }
        var word: UInt64 = 0
        for place in offset..<offset + size { word = unsafe word << 8 | UInt64(bytes[place]) }
        return word
    }

    /// Adds up the sizes of the entries before.
    private func place(_ index: Int) throws(FormatError) -> Place {
        let sum = try unsafe bytes.withUnsafeBytes { bytes in
            var sum = 0
            for index in 0..<index {
                let size = unsafe bytes[sizes + index]
                // A large one has its size elsewhere.
                if size == TermDictionaryFormat.largeEntry { return -1 }
                sum += Int(size)
            }
            return sum
        }
        var place = start
        if sum >= 0 {
            place.entry = place.entry.upperBound..<place.entry.upperBound + sum
            place.index = index - 1
            return try next(place)
        }
        while place.index < index { place = try next(place) }
        return place
    }

    /// Looks at the terms one after the other, as they have to be where their keys differ in size.
    private func scan(_ wanted: ArraySlice<UInt8>) throws(FormatError) -> Place? {
        var place = start
        while place.index + 1 < count {
            place = try next(place)
            let order = try compare(suffix(place), wanted)
            if order >= 0 { return order == 0 ? place : nil }
        }
        return nil
    }

    /// Below zero when the first key comes before `key`, zero when it is the same.
    func orderOfFirst(to key: [UInt8]) throws(FormatError) -> Int {
        let order = try comparePrefix(key)
        return order != 0 ? order : try compare(suffix(try next(start)), key[prefix.count...])
    }

    /// Replaces the content of `key` by the key at a place.
    func read(_ place: Place, into key: inout [UInt8]) throws(FormatError) {
        key.removeAll(keepingCapacity: true)
        let suffix = try suffix(place)
        try unsafe bytes.withUnsafeBytes { bytes in
            // SAFETY: the prefix was found to lie within the block, and suffixes are.
            unsafe key.append(contentsOf: bytes[prefix])
            unsafe key.append(contentsOf: bytes[suffix])
        }
    }

    /// What follows the prefix in the key at a place.
    private func suffix(_ place: Place) throws(FormatError) -> Range<Int> {
        if suffixSize > 0 { return column(place.index) }
        var cursor = ByteCursor(bytes, at: place.entry.lowerBound)
        let size = try cursor.varint(atMost: bytes.count)
        guard size <= place.entry.upperBound - cursor.position else { throw cursor.error(.offsetOutOfRange) }
        return cursor.position..<cursor.position + size
    }

    /// The same where all are of one size.
    private func column(_ index: Int) -> Range<Int> {
        let start = suffixes + index * suffixSize
        return start..<start + suffixSize
    }

    /// Zero when `key` begins with the prefix; otherwise how the prefix compares to it.
    private func comparePrefix(_ key: [UInt8]) throws(FormatError) -> Int {
        try compare(prefix, key.prefix(prefix.count))
    }

    /// Below zero when the bytes in `range`, which lie within the block, come before `wanted`; zero for the same.
    private func compare(_ range: Range<Int>, _ wanted: ArraySlice<UInt8>) throws(FormatError) -> Int {
        try unsafe bytes.withUnsafeBytes { bytes in
            unsafe wanted.withUnsafeBytes { wanted in
                let shared = min(range.count, wanted.count)
                for index in 0..<shared {
                    let own = unsafe bytes[range.lowerBound + index]
                    if unsafe own != wanted[index] { return unsafe Int(own) - Int(wanted[index]) }
                }
                return range.count - wanted.count
            }
        }
    }

    private func error(_ rule: FormatError.Rule) -> FormatError {
        .malformed(file: bytes.file, offset: bytes.origin, rule: rule)
    }

    // MARK: Entries

    /// Where the block begins in the file.
    var origin: Int { bytes.origin }

    /// The entry at a place, without its host.
    ///
    /// - Parameters:
    ///   - key: of the term.
    ///   - files: of the segment.
    func entry(_ place: Place, key: [UInt8], in files: PostingsFiles) throws(FormatError) -> TermEntry {
        guard let first = key.first else { throw error(.valueOutOfRange) }
        let hasPositions = TermKey.hasPositions(first: first)
        var (head, cursor) = try readHead(place)
        let documents = head >> 1
        let isShort = documents < UInt64(PostingsFormat.blockSize)
        let isInline = head & 1 == 1
        let list: Range<Int>
        var positions = 0..<0
        if isInline {
            guard isShort else { throw cursor.error(.valueOutOfRange) }
            let start = bytes.origin - files.terms.origin
            list = start + cursor.position..<start + place.entry.upperBound
        } else {
            list = try Self.part(of: files.postings, from: postingsStart, &cursor)
            if hasPositions, !isShort {
                positions = try Self.part(of: files.positions, from: positionsStart, &cursor)
            }
        }
        return TermEntry(
            documentCount: Int(documents), postings: PostingsPlace(isInline: isInline, bytes: list),
            positions: positions, hasPositions: hasPositions)
    }

    /// Documents that hold the term at a place.
    func documentCount(_ place: Place) throws(FormatError) -> Int { Int(try readHead(place).head >> 1) }

    /// The number of documents, above a bit for whether the list is in the entry; and what comes behind it.
    private func readHead(_ place: Place) throws(FormatError) -> (head: UInt64, rest: ByteCursor) {
        var cursor = ByteCursor(try bytes.slice(0..<place.entry.upperBound))
        cursor.position = suffixSize > 0 ? place.entry.lowerBound : try suffix(place).upperBound
        let head = try cursor.varint()
        guard head >> 1 > 0, head >> 1 <= UInt64(UInt32.max) else { throw cursor.error(.valueOutOfRange) }
        return (head, cursor)
    }

    private static func part(of file: ByteView, from start: UInt64, _ cursor: inout ByteCursor) throws(FormatError)
        -> Range<Int>
    {
        let (offset, overflow) = start.addingReportingOverflow(try cursor.varint())
        let length = try cursor.varint()
        let size = UInt64(file.count)
        guard !overflow, offset <= size, length <= size - offset else { throw cursor.error(.offsetOutOfRange) }
        return Int(offset)..<Int(offset + length)
    }
}
