internal import ICU
public import Model

/// A file's text as UTF-8, with the way back to the file's bytes.
public struct DecodedText: Sendable {
    /// UTF-8. The byte order mark of a file that is UTF-8 already is kept, any other is left out.
    public var bytes: [UInt8]
    /// From `bytes` to the file.
    public var map: OffsetMap
    public var encoding: TextEncoding
    /// The bytes of the file that mean nothing in its encoding, each place replaced by U+FFFD; ascending, and those
    /// side by side are one.
    public var replaced: [Range<Int>]

    /// Reads the file at `path` and decodes it: for a look at its encoding.
    public init(contentsOf path: Path, encoding: EncodingName? = nil) throws(ArticlesError) {
        try self.init(try FileReader(path).readAll(), of: path, DecodingOptions(encoding: encoding))
    }

    /// Decodes a whole file.
    ///
    /// Text that is UTF-8 already is looked through once and not copied. O(bytes).
    ///
    /// - Throws: `binary` for a NUL character, `unknownEncoding` when it looks like text in none of the encodings,
    ///   `undecodable` when `options` are strict and some bytes mean nothing.
    public init(_ file: [UInt8], of path: Path, _ options: DecodingOptions = .init()) throws(ArticlesError) {
        let encoding = try Self.encoding(of: file, at: path, options)
        self.encoding = encoding
        bytes = file
        map = OffsetMap()
        replaced = []
        // All that can be wrong with it has been looked for.
        if encoding.origin == .strictUTF8 { return }
        if encoding.name != .utf8 || TextCheck.firstInvalidByte(file[...]) != nil {
            var decoder = try TextDecoder.open(encoding.name, for: path)
            try decoder.decode(file[...], at: 0, path: path)
            bytes = decoder.text
            map = decoder.map
            replaced = decoder.replaced
        }
        if let nul = TextCheck.firstNUL(bytes[...]) { throw .binary(path, offset: map.file(nul)) }
        if options.isStrict, let places = undecodable { throw .undecodable(path, places) }
    }

    /// The encoding asked for, with its byte order, or that of the file.
    private static func encoding(of file: [UInt8], at path: Path, _ options: DecodingOptions) throws(ArticlesError)
        -> TextEncoding
    {
        if let name = options.encoding {
            return TextEncoding(EncodingDetector.byteOrder(of: name, file[...]), origin: .override)
        }
        switch EncodingDetector.detect(file[...], isWhole: true) {
        case .encoding(let encoding): return encoding
        case .binary(let offset): throw .binary(path, offset: offset)
        case .unknown: throw .unknownEncoding(path)
        }
    }

    /// What was replaced, as problems report it; nil when nothing was.
    var undecodable: Undecodable? {
        var places = Undecodable(encoding: encoding.name)
        for range in replaced { places.add(range) }
        return places.count == 0 ? nil : places
    }
}

/// The places of a file that mean nothing in its encoding.
public struct Undecodable: Equatable, Sendable {
    public var encoding: EncodingName
    /// The first places, in bytes of the file.
    public private(set) var first: [Range<Int>] = []
    /// All places.
    public private(set) var count = 0
    /// Bytes in them.
    public private(set) var bytes = 0

    static let shown = 3

    init(encoding: EncodingName) { self.encoding = encoding }

    mutating func add(_ range: Range<Int>) {
        if count < Self.shown { first.append(range) }
        count += 1
        bytes += range.count
    }
}

extension Undecodable: CustomStringConvertible {
    /// For example `3 bytes are not GB18030, at byte 17, 40 and in 1 more place`.
    public var description: String {
        let places = first.map { "\($0.lowerBound)" }.joined(separator: ", ")
        let more = count - first.count
        let rest = more == 0 ? "" : " and in \(more) more \(more == 1 ? "place" : "places")"
        return "\(bytes) \(bytes == 1 ? "byte is" : "bytes are") not \(encoding), at byte \(places)\(rest)"
    }
}

extension Article {
    /// The article with places in the file instead of places in the decoded text.
    mutating func mapSources(_ map: OffsetMap) {
        guard !map.isIdentity else { return }
        for index in paragraphs.indices {
            paragraphs[index].source.bytes = map.file(paragraphs[index].source.bytes)
        }
    }
}
