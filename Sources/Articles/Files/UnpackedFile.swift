internal import Bytes
internal import Model

/// Reads the text of a file in order, expanded when it is compressed, and takes the fingerprint of the file's own bytes.
final class UnpackedFile {
    /// Bytes that a file which has to be held whole may expand to, and a line of one which has not.
    static let usualLimit = 256 << 20
    private static let pieceSize = 1 << 18

    let file: FileReader
    let compression: Compression?
    let limit: Int
    private let decompressor: (any Decompressor)?
    private var hash = ContentHash()
    /// Compressed bytes that are still to be expanded begin at `start`.
    private var packed: [UInt8] = []
    private var start = 0
    private var isAtEnd = false
    /// Bytes of the file read so far.
    private(set) var bytesRead = 0
    /// Bytes given so far.
    private(set) var bytesGiven = 0
    /// Where the stream is damaged or cut short, once that is known. What stood before it has been given.
    private(set) var damage: ArticlesError?

    /// - Parameter limit: bytes of what has to be held whole, of a file that is compressed.
    init(_ file: FileReader, _ compression: Compression?, limit: Int = UnpackedFile.usualLimit) {
        self.limit = limit
        self.file = file
        self.compression = compression
        decompressor = compression?.decompressor()
    }

    /// Of the file's bytes read so far.
    var contentHash: UInt64 { hash.value }

    /// Appends up to `limit` more bytes to `buffer`; gives how many, fewer only at the end, or before damage.
    func read(into buffer: inout [UInt8], limit: Int) throws(ArticlesError) -> Int {
        guard let decompressor, let compression else {
            let before = buffer.count
            let count = try file.read(into: &buffer, limit: limit)
            unsafe hash.update(buffer.span.extracting(before...).bytes)
            bytesRead += count
            bytesGiven += count
            return count
        }
        var given = 0
        while given < limit, damage == nil {
            if start == packed.count, !isAtEnd { try readPacked() }
            let room = min(Self.pieceSize, limit - given)
            var moved: (read: Int, written: Int)?
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: room) { output, filled in
                // SAFETY: a decompressor stays within both buffers and says how much it wrote.
                unsafe packed.withUnsafeBytes { input in
                    moved = unsafe decompressor.expand(
                        UnsafeRawBufferPointer(rebasing: input[start...]),
                        into: UnsafeMutableRawBufferPointer(output))
                }
                filled = moved?.written ?? 0
            }
            // One that does not move with bytes before it never will.
            guard let moved, moved != (0, 0) || start == packed.count else {
                damage = .damagedStream(
                    file.path, compression, offset: bytesRead - (packed.count - start), unpacked: bytesGiven)
                try readToEnd()
                break
            }
            start += moved.read
            given += moved.written
            bytesGiven += moved.written
            buffer.append(contentsOf: piece)
            guard isAtEnd, start == packed.count, moved.written == 0 else { continue }
            if !decompressor.isComplete || bytesRead == 0 {
                damage = .damagedStream(file.path, compression, offset: bytesRead, unpacked: bytesGiven)
            }
            break
        }
        return given
    }

    /// Everything from here to the end.
    func readAll() throws(ArticlesError) -> [UInt8] {
        guard compression != nil else {
            let bytes = try file.readAll()
            unsafe hash.update(bytes.span.bytes)
            return bytes
        }
        var bytes: [UInt8] = []
        while try read(into: &bytes, limit: 1 << 20) == 1 << 20 {
            if bytes.count > self.limit { throw .unpacksTooLarge(file.path, limit: self.limit) }
        }
        if let damage { throw damage }
        return bytes
    }

    private func readPacked() throws(ArticlesError) {
        packed.removeAll(keepingCapacity: true)
        start = 0
        let count = try file.read(into: &packed, limit: Self.pieceSize)
        unsafe hash.update(packed.span.bytes)
        bytesRead += count
        isAtEnd = count < Self.pieceSize
    }

    /// Reads what is behind damage, so that the fingerprint is that of the whole file.
    private func readToEnd() throws(ArticlesError) {
        while !isAtEnd { try readPacked() }
    }
}
