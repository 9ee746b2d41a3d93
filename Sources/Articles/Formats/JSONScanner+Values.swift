extension JSONScanner {
    /// Passes over one value of any type.
    mutating func skipValue(depth: Int) throws(Failure) {
        guard depth < Self.depthLimit else { throw failure(.tooDeep) }
        switch peek() {
        case UInt8(ascii: "\""): _ = try string()
        case UInt8(ascii: "{"): try skipMembers(close: UInt8(ascii: "}"), depth: depth, keyed: true)
        case UInt8(ascii: "["): try skipMembers(close: UInt8(ascii: "]"), depth: depth, keyed: false)
        case UInt8(ascii: "t"): try expect("true")
        case UInt8(ascii: "f"): try expect("false")
        case UInt8(ascii: "n"): try expect("null")
        default: try skipNumber()
        }
    }

    private mutating func skipMembers(close: UInt8, depth: Int, keyed: Bool) throws(Failure) {
        index += 1
        skipSpace()
        if peek() == close {
            index += 1
            return
        }
        while true {
            skipSpace()
            if keyed {
                _ = try string()
                skipSpace()
                try expect(UInt8(ascii: ":"))
                skipSpace()
            }
            try skipValue(depth: depth + 1)
            skipSpace()
            if peek() == UInt8(ascii: ",") {
                index += 1
            } else {
                return try expect(close)
            }
        }
    }

    private mutating func skipNumber() throws(Failure) {
        if peek() == UInt8(ascii: "-") { index += 1 }
        if peek() == UInt8(ascii: "0") { index += 1 } else { try skipDigits() }
        if peek() == UInt8(ascii: ".") {
            index += 1
            try skipDigits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            index += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { index += 1 }
            try skipDigits()
        }
    }

    private mutating func skipDigits() throws(Failure) {
        let start = index
        while let byte = peek(), (0x30...0x39).contains(byte) { index += 1 }
        guard index > start else { throw failure(.notJSON) }
    }
}
