internal import Bytes

/// What the texts of an index are coded with: tokens, and the prefix code of all symbols. Learnt from the first texts
/// and never changed, so that frames can be copied from segment to segment as they are.
///
/// The body of a `vocabulary` file:
///
/// ```
/// body     tokens varint | runs, for the symbols below 497 | tokens, ascending by their bytes
/// run      length of the code u8 | symbols in a row that have it, less one, u8
/// token    bytes shared with the token before u8 | further bytes u8 | these | length of its code u8
/// ```
/// <doc:Texts> has an example.
@safe final class TextVocabulary: Sendable {
    /// Tells vocabularies of an index apart; never used twice.
    let number: UInt64
    let code: PrefixCode
    /// Symbols, ``TextSymbol/firstToken`` included.
    var count: Int { spans.count }
    /// What each symbol stands for: its place in `bytes` << 8, and its length there; 0 bytes but for bytes and tokens.
    private let spans: [UInt32]
    private let bytes: [UInt8]

    /// Checks, in this order: the counts, each token's length and place in the order, the code.
    init(_ body: ByteView, number: UInt64) throws(FormatError) {
        var cursor = ByteCursor(body)
        let tokenCount = try cursor.varint(atMost: TextSymbol.limit - TextSymbol.firstToken)
        var lengths: [UInt8] = []
        while lengths.count < TextSymbol.firstToken {
            let length = try cursor.integer(UInt8.self)
            lengths += [UInt8](repeating: length, count: Int(try cursor.integer(UInt8.self)) + 1)
        }
        guard lengths.count == TextSymbol.firstToken else { throw cursor.error(.countMismatch) }
        var bytes = (0..<256).map { UInt8($0) }
        var spans = (0..<256).map { UInt32($0) << 8 | 1 }
        spans += [UInt32](repeating: 0, count: TextSymbol.firstToken - spans.count)
        // Room is taken for what the file can hold: a token has two bytes and two lengths at the least.
        let room = min(tokenCount, cursor.remaining / 4)
        spans.reserveCapacity(spans.count + room)
        lengths.reserveCapacity(lengths.count + room)
        bytes.reserveCapacity(bytes.count + 8 * room + TextSymbol.longestToken)
        // By index, and without a view a token: a search that shows one text waits for all of this.
        cursor.position = try unsafe body.withUnsafeBytes { [start = cursor.position] (body) throws(FormatError) in
            var place = start
            func error(_ rule: FormatError.Rule) -> FormatError {
                cursor.position = place
                return cursor.error(rule)
            }
            var previous = 256..<256
            for _ in 0..<tokenCount {
                guard place + 2 <= body.count else { throw error(.countMismatch) }
                let (shared, further) = unsafe (Int(body[place]), Int(body[place + 1]))
                place += 2
                guard place + further < body.count else { throw error(.countMismatch) }
                let token = bytes.count..<bytes.count + shared + further
                guard shared <= previous.count, 2...TextSymbol.longestToken ~= token.count else {
                    throw error(.valueOutOfRange)
                }
                for index in previous.prefix(shared) { bytes.append(bytes[index]) }
                for index in place..<place + further { unsafe bytes.append(body[index]) }
                place += further
                // The first byte that is not shared decides, where the token before goes on at all.
                let next = previous.lowerBound + shared
                let isAfter =
                    next < previous.upperBound
                    ? further > 0 && bytes[next] < bytes[token.lowerBound + shared] : further > 0
                guard isAfter else { throw error(.keysOutOfOrder) }
                previous = token
                spans.append(UInt32(token.lowerBound << 8 | token.count))
                unsafe lengths.append(body[place])
                place += 1
            }
            return place
        }
        guard cursor.remaining == 0 else { throw cursor.error(.countMismatch) }
        guard let code = PrefixCode(lengths: lengths) else { throw cursor.error(.valueOutOfRange) }
        self.number = number
        self.code = code
        self.spans = spans
        // A token is copied in one piece of the greatest length.
        self.bytes = bytes + [UInt8](repeating: 0, count: TextSymbol.longestToken)
    }

    /// The body of a file.
    ///
    /// - Parameters:
    ///   - tokens: ascending by their bytes.
    ///   - lengths: bits of the code of each symbol.
    static func encode(tokens: [[UInt8]], lengths: [UInt8]) -> [UInt8] {
        var writer = ByteWriter()
        writer.varint(tokens.count)
        var rest = lengths[..<TextSymbol.firstToken]
        while let length = rest.first {
            let run = rest.prefix(256).prefix { $0 == length }.count
            writer.append(length)
            writer.append(UInt8(run - 1))
            rest = rest.dropFirst(run)
        }
        var previous: [UInt8] = []
        for (token, length) in zip(tokens, lengths[TextSymbol.firstToken...]) {
            let shared = zip(token, previous).prefix { $0 == $1 }.count
            writer.append(UInt8(shared))
            writer.append(UInt8(token.count - shared))
            writer.append(contentsOf: token[shared...])
            writer.append(length)
            previous = token
        }
        return writer.bytes
    }

    /// The bytes that a symbol stands for.
    func bytes(of symbol: Int) -> ArraySlice<UInt8> {
        let span = Int(spans[symbol])
        return bytes[span >> 8..<span >> 8 + span & 0xFF]
    }

    /// Writes the texts that `symbols` stand for; false unless they are `frame.ends.count` texts that fill
    /// `frame.texts` but for the room behind them.
    ///
    /// - Parameters:
    ///   - texts: ``TextSymbol/longestToken`` bytes longer than the texts.
    ///   - ends: filled with where each text ends.
    func expand(
        _ symbols: UnsafeBufferPointer<UInt16>, into texts: UnsafeMutableBufferPointer<UInt8>, ends: inout [Int],
        count: Int
    ) -> Bool {
        let size = texts.count - TextSymbol.longestToken
        ends.removeAll(keepingCapacity: true)
        return unsafe spans.withUnsafeBufferPointer { spans in
            unsafe bytes.withUnsafeBytes { bytes in
                var place = 0
                for index in symbols.indices {
                    // SAFETY: every symbol of the code has a span.
                    let span = unsafe Int(spans[Int(symbols[index])])
                    if span == 0 {
                        guard ends.count < count else { return false }
                        ends.append(place)
                        continue
                    }
                    let length = span & 0xFF
                    guard length <= size &- place else { return false }
                    // SAFETY: as many bytes as the longest token lie behind every place in `bytes` and `texts`.
                    let token = unsafe bytes.baseAddress! + span >> 8
                    let target = unsafe UnsafeMutableRawPointer(texts.baseAddress! + place)
                    unsafe target.copyMemory(from: token, byteCount: 16)
                    if length > 16 { unsafe (target + 16).copyMemory(from: token + 16, byteCount: 16) }
                    place &+= length
                }
                return place == size && ends.count == count
            }
        }
    }
}
