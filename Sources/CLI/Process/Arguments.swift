public import ArgumentParser
public import Model

/// The command line, byte for byte.
///
/// Swift hands out arguments as strings and repairs what is not UTF-8, and a path so repaired names another
/// file. Here each byte that is not UTF-8 becomes a private character, and a path turns it back.
enum Arguments {
    /// U+10FF00 stands for byte 0. An argument that holds such a character itself has its bytes replaced, too, so
    /// that every argument has one meaning.
    private static let base: UInt32 = 0x10FF00

    /// The arguments after the program's name.
    static func decoded() -> [String] {
        (1..<max(1, Int(CommandLine.argc))).map { index in
            guard let argument = unsafe CommandLine.unsafeArgv[index] else { return "" }
            var bytes: [UInt8] = []
            var offset = 0
            while unsafe argument[offset] != 0 {
                bytes.append(UInt8(bitPattern: unsafe argument[offset]))
                offset += 1
            }
            return decode(bytes)
        }
    }

    private static func decode(_ bytes: [UInt8]) -> String {
        if let text = plainText(bytes[...]) { return text }
        var view = String.UnicodeScalarView()
        var index = 0
        while index < bytes.count {
            let end = (index + 1...min(index + 4, bytes.count)).first { plainText(bytes[index..<$0]) != nil }
            if let end {
                view.append(contentsOf: String(decoding: bytes[index..<end], as: UTF8.self).unicodeScalars)
                index = end
            } else {
                view.append(Unicode.Scalar(base + UInt32(bytes[index]))!)
                index += 1
            }
        }
        return String(view)
    }

    /// The text, when it is UTF-8 and holds no character that stands for a byte.
    private static func plainText(_ bytes: ArraySlice<UInt8>) -> String? {
        guard let text = String(validating: bytes, as: UTF8.self) else { return nil }
        return text.unicodeScalars.contains { $0.value &- base < 256 } ? nil : text
    }

    /// The bytes that an argument had.
    static func bytes(_ argument: String) -> [UInt8] {
        argument.unicodeScalars.flatMap { scalar -> [UInt8] in
            let byte = scalar.value &- base
            return byte < 256 ? [UInt8(byte)] : Array(String(Character(scalar)).utf8)
        }
    }
}

extension Path: ExpressibleByArgument {
    public init?(argument: String) {
        guard !argument.isEmpty else { return nil }
        self.init(bytes: Arguments.bytes(argument))
    }

    public var defaultValueDescription: String { lossyString }
}
