extension JSONScanner {
    /// Passes over one value of any type.
    ///
    /// - Parameter depth: of the values around it.
    public mutating func skipValue(depth: Int = 0) throws(JSONError) {
        guard depth < Self.depthLimit else { throw failure(.tooDeep) }
        switch peek() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try skipMembers(close: UInt8(ascii: "}"), depth: depth, keyed: true)
        case UInt8(ascii: "["): try skipMembers(close: UInt8(ascii: "]"), depth: depth, keyed: false)
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        default: _ = try number()
        }
    }

    private mutating func skipMembers(close: UInt8, depth: Int, keyed: Bool) throws(JSONError) {
        try forEachMember(close: close) { (scanner) throws(JSONError) in
            if keyed {
                _ = try scanner.string()
                try scanner.expectColon()
            }
            try scanner.skipValue(depth: depth + 1)
        }
    }

    /// Calls `body` at the beginning of every member of an array or object; it has to pass over the member.
    mutating func forEachMember(close: UInt8, _ body: (inout JSONScanner) throws(JSONError) -> Void)
        throws(JSONError)
    {
        try expect(close == UInt8(ascii: "}") ? UInt8(ascii: "{") : UInt8(ascii: "["))
        skipSpace()
        if take(close) { return }
        while true {
            skipSpace()
            try body(&self)
            skipSpace()
            guard take(UInt8(ascii: ",")) else { return try expect(close) }
        }
    }

    /// The colon behind a key, and white space on both sides.
    public mutating func expectColon() throws(JSONError) {
        skipSpace()
        try expect(UInt8(ascii: ":"))
        skipSpace()
    }

    /// A number, as it is written.
    public mutating func number() throws(JSONError) -> Text {
        let start = index
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try skipDigits() }
        if take(UInt8(ascii: ".")) { try skipDigits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try skipDigits()
        }
        return passed(from: start)
    }

    private mutating func skipDigits() throws(JSONError) {
        let start = index
        while let byte = peek(), (0x30...0x39).contains(byte), take(byte) {}
        guard index > start else { throw failure(.notJSON) }
    }
}
