internal import Model

/// Decodes the lines of a file one by one, each in the file's encoding, or in its own where it is seen to be another.
///
/// What is UTF-8 already is not copied. A line that is UTF-8 in a file that is not, and a line that cannot be, or hardly
/// is, in the file's encoding, is read in the encoding that ``LineEncoding`` finds; but not when the caller named one.
struct LineDecoder {
    private let path: Path
    private let options: DecodingOptions
    private let encoding: EncodingName
    /// Whether a line may be in another encoding than the file.
    private let mayDiffer: Bool
    /// Opened when a line needs them.
    private var decoder: TextDecoder?
    private var others: [EncodingName: TextDecoder] = [:]
    /// What was replaced so far, by encoding.
    private(set) var replaced: [Undecodable] = []
    /// The lines so far that were read in another encoding than the file.
    private(set) var mixed: MixedLines

    init(_ path: Path, _ encoding: EncodingName, _ options: DecodingOptions) {
        self.path = path
        self.options = options
        self.encoding = encoding
        mayDiffer = options.encoding == nil && !encoding.isWide
        mixed = MixedLines(fileEncoding: encoding)
    }

    /// A line as UTF-8, and the way back to the file.
    typealias Line = (text: ArraySlice<UInt8>, map: OffsetMap)

    /// Decodes a line, and notes or refuses what cannot be.
    ///
    /// - Parameters:
    ///   - base: the file's offset of the first byte; a byte order mark at 0 is left out.
    ///   - number: the line's, from 1.
    mutating func decode(_ line: ArraySlice<UInt8>, at base: Int, number: Int) throws(ArticlesError) -> Line {
        if encoding == .utf8 {
            let text = line.dropFirst(base == 0 ? TextCheck.byteOrderMark(line) : 0)
            if TextCheck.firstInvalidByte(text) == nil {
                return (text, OffsetMap(identityFrom: base + (text.startIndex - line.startIndex)))
            }
            if mayDiffer, let other = LineEncoding.other(than: encoding, of: line, isUndecodable: true) {
                return try decode(line, at: base, number: number, as: other)
            }
        } else if mayDiffer, LineEncoding.isUTF8(line, in: encoding) {
            mixed.add(number, .utf8)
            return (line, OffsetMap(identityFrom: base))
        }
        if decoder == nil { decoder = try TextDecoder.open(encoding, for: path) }
        try decoder?.decode(line, at: base, path: path)
        guard let decoder else { return ([], OffsetMap(identityFrom: base)) }
        // UTF-8 has been looked at before it was decoded.
        if mayDiffer, encoding != .utf8 {
            let isUndecodable = !decoder.replaced.isEmpty
            if isUndecodable || LineEncoding.isUnlikely(decoder.text),
                let other = LineEncoding.other(than: encoding, of: line, isUndecodable: isUndecodable)
            {
                return try decode(line, at: base, number: number, as: other)
            }
        }
        try note(decoder.replaced, encoding)
        return (decoder.text[...], decoder.map)
    }

    /// Decodes a line that is in another encoding than the file.
    private mutating func decode(
        _ line: ArraySlice<UInt8>, at base: Int, number: Int, as other: EncodingName
    ) throws(ArticlesError) -> Line {
        if others[other] == nil { others[other] = try TextDecoder.open(other, for: path) }
        try others[other]?.decode(line, at: base, path: path)
        guard let decoder = others[other] else { return ([], OffsetMap(identityFrom: base)) }
        try note(decoder.replaced, other)
        mixed.add(number, other)
        return (decoder.text[...], decoder.map)
    }

    private mutating func note(_ ranges: [Range<Int>], _ encoding: EncodingName) throws(ArticlesError) {
        guard !ranges.isEmpty else { return }
        let index = replaced.firstIndex { $0.encoding == encoding }
        var places = index.map { replaced[$0] } ?? Undecodable(encoding: encoding)
        for range in ranges { places.add(range) }
        if options.isStrict { throw .undecodable(path, places) }
        if let index { replaced[index] = places } else { replaced.append(places) }
    }
}
