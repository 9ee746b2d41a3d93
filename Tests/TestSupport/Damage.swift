internal import Bytes

/// Damage to the files of an index.
public enum Damage {
    /// The file with the checksum of its present content, so that what lies between its ends is all that is wrong
    /// with it: readers must stand that too, since large files are not verified when they are opened.
    public static func resealed(_ file: [UInt8]) -> [UInt8] {
        let end = file.count - Envelope.footerSize
        var writer = ByteWriter()
        unsafe writer.integer(CRC32C.checksum(Array(file[..<end]).span.bytes))
        return Array(file[..<(end + 8)]) + writer.bytes + file[(end + 12)...]
    }
}
