internal import Bytes
internal import CZstd

/// What encoders of a vocabulary share.
final class TokenParser: Sendable {
    let vocabulary: TextVocabulary
    let trie: TokenTrie
    /// The code of each symbol.
    let codes: [UInt32]

    init(_ vocabulary: TextVocabulary) {
        self.vocabulary = vocabulary
        codes = vocabulary.code.codes
        var trie = TokenTrie()
        for symbol in TextSymbol.firstToken..<vocabulary.count {
            _ = trie.add(vocabulary.bytes(of: symbol).span, symbol: UInt16(symbol))
        }
        self.trie = trie
    }
}

extension TokenTrie {
    /// Appends the symbols of all texts of a frame, each with its end.
    func parse(_ frame: TextFrame, into symbols: inout [UInt16]) {
        unsafe frame.texts.withUnsafeBufferPointer { texts in
            var start = 0
            for end in frame.ends {
                unsafe parse(UnsafeBufferPointer(rebasing: texts[start..<end]), into: &symbols)
                symbols.append(TextSymbol.end)
                start = end
            }
        }
    }
}

/// Compresses frames. One encoder serves one thread.
struct FrameEncoder: ~Copyable {
    private let zstd = ZstdEncoder()
    private var finder = CopyFinder()
    private var symbols: [UInt16] = []
    private var operations: [TextOperation] = []

    /// The bytes of a frame, see ``StoredTextFormat``.
    ///
    /// - Parameter parser: nil while the index has no vocabulary.
    mutating func encode(_ frame: TextFrame, _ parser: TokenParser?) -> [UInt8] {
        guard let parser else { return zstdFrame(frame) }
        let coded = codedFrame(frame, parser)
        // Texts unlike those that the vocabulary was learnt from may be better off without.
        guard coded.count > frame.texts.count / 2 else { return coded }
        let other = zstdFrame(frame)
        return other.count < coded.count ? other : coded
    }

    private static func header(_ encoding: StoredTextFormat.Encoding, _ frame: TextFrame) -> ByteWriter {
        var writer = ByteWriter()
        writer.append(encoding.rawValue | (frame.hasParts ? StoredTextFormat.partsFlag : 0))
        writer.integer(StoredTextFormat.checksum(frame.texts))
        writer.varint(frame.texts.count)
        return writer
    }

    private mutating func codedFrame(_ frame: TextFrame, _ parser: TokenParser) -> [UInt8] {
        symbols.removeAll(keepingCapacity: true)
        operations.removeAll(keepingCapacity: true)
        parser.trie.parse(frame, into: &symbols)
        let lengths = parser.vocabulary.code.lengths
        finder.find(in: symbols, lengths: lengths, into: &operations)
        var writer = BitWriter()
        PlaceColumns.write(frame, withLengths: false, to: &writer)
        for operation in operations {
            writer.append(parser.codes[Int(operation.symbol)], Int(lengths[Int(operation.symbol)]))
            if operation.extraBits > 0 { writer.append(operation.extra, Int(operation.extraBits)) }
        }
        return Self.header(.tokens, frame).bytes + writer.bytes
    }

    private func zstdFrame(_ frame: TextFrame) -> [UInt8] {
        var writer = BitWriter()
        PlaceColumns.write(frame, withLengths: true, to: &writer)
        return Self.header(.zstd, frame).bytes + writer.bytes + zstd.encode(frame.texts)
    }
}

/// A context of zstd's, made when it is first needed: it takes half a megabyte.
@safe private final class ZstdEncoder {
    private var context: OpaquePointer?

    deinit { _ = unsafe ZSTD_freeCCtx(context) }

    func encode(_ bytes: [UInt8]) -> [UInt8] {
        if unsafe context == nil {
            unsafe context = ZSTD_createCCtx()
            guard unsafe context != nil else { preconditionFailure("out of memory") }
            _ = unsafe ZSTD_CCtx_setParameter(context, ZSTD_c_compressionLevel, StoredTextFormat.zstdLevel)
        }
        let bound = ZSTD_compressBound(bytes.count)
        // SAFETY: zstd writes at most `bound` bytes.
        return unsafe [UInt8](unsafeUninitializedCapacity: bound) { buffer, count in
            let size = unsafe ZSTD_compress2(context, buffer.baseAddress, bound, bytes, bytes.count)
            precondition(ZSTD_isError(size) == 0, "zstd compresses anything into its bound")
            count = size
        }
    }
}
