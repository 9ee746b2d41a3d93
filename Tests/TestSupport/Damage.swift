internal import Bytes

/// Damage to the files of an index.
public enum Damage {
    /// The file with checksums of its present content, so that what lies between its ends is all that is wrong with
    /// it: readers must stand that too, and not only because a checksum stops them.
    public static func resealed(_ file: [UInt8]) -> [UInt8] {
        Envelope.sealed(Array(file[..<max(0, Envelope.contentLength(ofFile: file.count))]))
    }
}
