/// A pattern that paths are matched with, as shells write them.
///
/// | pattern | matches |
/// |---|---|
/// | `?` | one character but `/` |
/// | `*` | any run of characters without `/`, also none |
/// | `**` | any run of characters; `**/` nothing, or anything that ends in `/` |
/// | `[abc]`, `[a-z]`, `[!a]`, `[^a]` | one character of those, or of none of those; never `/` |
/// | `\` | the next character as it stands |
///
/// A bracket that is never closed stands for itself. Characters are Unicode scalars; a byte that is not UTF-8 is one
/// by itself.
public struct Glob: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    private enum Part: Hashable {
        case character(UInt32)
        case anyCharacter
        case set([ClosedRange<UInt32>], isNegated: Bool)
        case anyRun
        case anyPath
        /// The front of `**/`: it and the next part may be passed over.
        case optionalDirectories
        /// The rest of `**/`: anything up to a `/`.
        case directories
    }

    /// As it was written.
    public let pattern: [UInt8]
    private let parts: [Part]

    /// - Parameter pattern: bytes of a pattern; any bytes are one.
    public init(_ pattern: some Sequence<UInt8>) {
        self.pattern = Array(pattern)
        parts = Self.parse(Self.scalars(self.pattern))
    }

    public init(_ pattern: String) { self.init(pattern.utf8) }

    /// A pattern as it stands in a program: `selection.exclude = ["*.bak"]`.
    public init(stringLiteral pattern: String) { self.init(pattern.utf8) }

    /// As it was written; bytes that are not UTF-8 become U+FFFD.
    public var description: String { String(decoding: pattern, as: UTF8.self) }

    /// Whether all of `path` matches. O(length of the path × length of the pattern), whatever stands in them.
    public func matches(_ path: some Sequence<UInt8>) -> Bool {
        // reached[i]: what was read so far can be matched by the first i parts.
        var reached = [Bool](repeating: false, count: parts.count + 1)
        reached[0] = true
        passOver(&reached)
        for scalar in Self.scalars(Array(path)) {
            var next = [Bool](repeating: false, count: parts.count + 1)
            for (index, part) in parts.enumerated() where reached[index] {
                let isSeparator = scalar == UInt32(Path.separator)
                switch part {
                case .character(let wanted): if scalar == wanted { next[index + 1] = true }
                case .anyCharacter: if !isSeparator { next[index + 1] = true }
                case .set(let ranges, let isNegated):
                    if !isSeparator, ranges.contains(where: { $0.contains(scalar) }) != isNegated {
                        next[index + 1] = true
                    }
                case .anyRun: if !isSeparator { next[index] = true }
                case .anyPath: next[index] = true
                case .optionalDirectories: break
                case .directories:
                    next[index] = true
                    if isSeparator { next[index + 1] = true }
                }
            }
            passOver(&next)
            reached = next
        }
        return reached[parts.count]
    }

    /// Adds what is reached by parts that match nothing at all.
    private func passOver(_ reached: inout [Bool]) {
        for (index, part) in parts.enumerated() where reached[index] {
            switch part {
            case .anyRun, .anyPath: reached[index + 1] = true
            case .optionalDirectories:
                reached[index + 1] = true
                reached[index + 2] = true
            default: break
            }
        }
    }

    // MARK: Parsing

    /// The scalars of UTF-8; a byte that is not part of any becomes a number above all scalars.
    private static func scalars(_ bytes: [UInt8]) -> [UInt32] {
        unsafe bytes.withUnsafeBufferPointer { bytes in
            var scalars: [UInt32] = []
            var index = 0
            while index < bytes.count {
                let (scalar, length) = unsafe UTF8Decoder.scalar(bytes, at: index)
                scalars.append(
                    length == 1 ? unsafe UInt32(bytes[index]) + (scalar == 0xFFFD ? 0x11_0000 : 0) : scalar)
                index += length
            }
            return scalars
        }
    }

    private static func parse(_ pattern: [UInt32]) -> [Part] {
        var parts: [Part] = []
        var index = 0
        while index < pattern.count {
            let scalar = pattern[index]
            switch Unicode.Scalar(scalar) {
            case "?": parts.append(.anyCharacter)
            case "\\" where index + 1 < pattern.count:
                index += 1
                parts.append(.character(pattern[index]))
            case "*":
                var stars = 1
                while index + stars < pattern.count, pattern[index + stars] == scalar { stars += 1 }
                index += stars - 1
                if stars == 1 {
                    parts.append(.anyRun)
                } else if index + 1 < pattern.count, pattern[index + 1] == UInt32(Path.separator) {
                    parts += [.optionalDirectories, .directories]
                    index += 1
                } else {
                    parts.append(.anyPath)
                }
            case "[":
                if let (set, end) = set(pattern, from: index + 1) {
                    parts.append(set)
                    index = end
                } else {
                    parts.append(.character(scalar))
                }
            default: parts.append(.character(scalar))
            }
            index += 1
        }
        return parts
    }

    /// The set whose inside begins at `start`, and where its bracket closes; nil when none does.
    private static func set(_ pattern: [UInt32], from start: Int) -> (Part, end: Int)? {
        var index = start
        var isNegated = false
        if index < pattern.count, pattern[index] == 0x21 || pattern[index] == 0x5E {
            isNegated = true
            index += 1
        }
        var ranges: [ClosedRange<UInt32>] = []
        let first = index
        while index < pattern.count {
            // A bracket right at the front is one of the characters.
            if pattern[index] == 0x5D, index > first { return (.set(ranges, isNegated: isNegated), index) }
            let low = pattern[index]
            if index + 2 < pattern.count, pattern[index + 1] == 0x2D, pattern[index + 2] != 0x5D {
                let high = pattern[index + 2]
                if low <= high { ranges.append(low...high) }
                index += 3
            } else {
                ranges.append(low...low)
                index += 1
            }
        }
        return nil
    }
}
