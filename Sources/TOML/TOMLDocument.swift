internal import CTOML

/// A TOML text, read whole, every value with its line.
public struct TOMLDocument: Sendable {
    /// The members of the document, in the order of their keys.
    public let members: [TOMLMember]

    /// - Parameter bytes: UTF-8.
    /// - Throws: when it is not TOML 1.0. O(bytes).
    public init(_ bytes: [UInt8]) throws(TOMLError) {
        let builder = TreeBuilder()
        // SAFETY: the builder outlives the call, which keeps nothing of what it is given.
        unsafe bytes.withUnsafeBytes { buffer in
            unsafe suoyin_toml_parse(
                buffer.baseAddress?.assumingMemoryBound(to: CChar.self), buffer.count,
                Unmanaged.passUnretained(builder).toOpaque()
            ) { context, event in
                unsafe Unmanaged<TreeBuilder>.fromOpaque(context!).takeUnretainedValue().take(event!.pointee)
            }
        }
        if let error = builder.error { throw error }
        members = builder.members
    }
}

/// A value and the line that it, or its key, stands on, from 1.
public struct TOMLValue: Equatable, Sendable {
    public indirect enum Content: Equatable, Sendable {
        case string(String)
        case integer(Int)
        case boolean(Bool)
        case array([TOMLValue])
        case table([TOMLMember])
        /// A date, a time, or both, as RFC 3339 writes them.
        case date(String)
        /// A number with a fraction.
        case fraction
    }

    public var content: Content
    public var line: Int

    public init(content: Content, line: Int) {
        self.content = content
        self.line = line
    }

    /// What kind of value it is, for messages.
    public var kind: String {
        switch content {
        case .string: "a string"
        case .integer: "a whole number"
        case .boolean: "a boolean"
        case .array: "an array"
        case .table: "a table"
        case .date: "a date or time"
        case .fraction: "a number with a fraction"
        }
    }
}

/// A value under its key.
public struct TOMLMember: Equatable, Sendable {
    public var key: String
    public var value: TOMLValue
}

/// Why a text is no TOML.
public struct TOMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// From 1.
    public var line: Int
    public var reason: String

    public var description: String { "line \(line): not valid TOML: \(reason)" }
}

/// Makes values of the parser's events.
private final class TreeBuilder {
    /// A table or array whose end has not come yet.
    private struct Open {
        var key: String
        var line: Int
        var isTable: Bool
        var members: [TOMLMember] = []
    }

    private var open: [Open] = []
    private(set) var members: [TOMLMember] = []
    private(set) var error: TOMLError?

    func take(_ event: suoyin_toml_event) {
        let key = unsafe Self.string(event.key, event.key_length)
        let text = unsafe Self.string(event.text, event.text_length)
        let line = Int(unsafe event.line)
        switch unsafe event.kind {
        case SUOYIN_TOML_TABLE, SUOYIN_TOML_ARRAY:
            open.append(Open(key: key, line: line, isTable: unsafe event.kind == SUOYIN_TOML_TABLE))
        case SUOYIN_TOML_END:
            guard let last = open.popLast() else { return }
            if open.isEmpty {
                members = last.members
            } else {
                let content =
                    last.isTable ? TOMLValue.Content.table(last.members) : .array(last.members.map(\.value))
                add(content, key: last.key, line: last.line)
            }
        case SUOYIN_TOML_STRING: add(.string(text), key: key, line: line)
        case SUOYIN_TOML_INTEGER: add(.integer(Int(unsafe event.integer)), key: key, line: line)
        case SUOYIN_TOML_BOOLEAN: add(.boolean(unsafe event.integer != 0), key: key, line: line)
        case SUOYIN_TOML_FLOAT: add(.fraction, key: key, line: line)
        case SUOYIN_TOML_DATE: add(.date(text), key: key, line: line)
        default: error = TOMLError(line: line, reason: text)
        }
    }

    private func add(_ content: TOMLValue.Content, key: String, line: Int) {
        guard !open.isEmpty else { return }
        let value = TOMLValue(content: content, line: line)
        open[open.count - 1].members.append(TOMLMember(key: key, value: value))
    }

    private static func string(_ start: UnsafePointer<CChar>?, _ count: Int) -> String {
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
        return unsafe String(decoding: bytes, as: UTF8.self)
    }
}
