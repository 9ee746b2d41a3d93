import Bytes
import TestSupport
import Testing

@Suite("Envelope")
struct EnvelopeTests {
    private static let body = Array("the body of a small file".utf8)

    private func enveloped(_ body: [UInt8], kind: String = "terms", version: UInt32 = 3, owner: UInt64 = 77)
        -> [UInt8]
    {
        Envelope.file(kind: kind, version: version, owner: owner, body: body)
    }

    /// What a reader does that trusts nothing: opens the file and checks every byte.
    private func read(_ bytes: [UInt8]) throws -> [UInt8] {
        let view = ByteView(bytes, file: "file")
        let body = try Envelope.open(view, kind: "terms", version: 3, owner: 77)
        try Envelope.verify(view)
        return try body.copy()
    }

    @Test(
        "a good file opens, and gives its body",
        arguments: [0, 1, 7, 24, 4096, 16343, 16344, 16345, 32728, 32729, 50_000])
    func goodFile(count: Int) throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let file = enveloped(body)
        let pages = (Envelope.headerSize + count + 16_383) / 16_384
        #expect(file.count == Envelope.headerSize + count + 4 * pages + Envelope.footerSize)
        #expect(Envelope.contentLength(ofFile: file.count) == Envelope.headerSize + count)
        #expect(try read(file) == body)
    }

    private func littleEndian(_ value: UInt32) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }

    @Test("damage is an error where it is read, and nowhere else")
    func lazyPages() throws {
        var file = enveloped([UInt8](repeating: 7, count: 100_000))
        file[50_000] ^= 1
        let body = try Envelope.open(ByteView(file, file: "file"), kind: "terms", version: 3, owner: 77)
        let place = 50_000 - Envelope.headerSize
        #expect(try body.integer(at: 0, as: UInt64.self) == 0x0707_0707_0707_0707)
        #expect(try body.slice(70_000..<70_010).checked().copy() == [UInt8](repeating: 7, count: 10))
        let damage = FormatError.self
        #expect(throws: damage) { try body.integer(at: place, as: UInt8.self) }
        // In the same page, but not the same bytes: the page is all that can be checked.
        #expect(throws: damage) { try body.integer(at: place - 100, as: UInt8.self) }
        #expect(throws: damage) { try body.slice(0..<place + 1).checked() }
        #expect(throws: damage) { try body.copy() }
        #expect(throws: damage) { try Envelope.verify(ByteView(file, file: "file")) }
        guard case .checksumMismatch("file", offset: 49_152, length: 16_384, _, _) = try error(body, at: place)
        else {
            Issue.record("the error does not name the page")
            return
        }
    }

    private func error(_ body: ByteView, at place: Int) throws -> FormatError? {
        do throws(FormatError) { _ = try body.integer(at: place, as: UInt8.self) } catch { return error }
        return nil
    }

    @Test("lays its bytes out as documented")
    func layout() {
        let header = Envelope.header(kind: "terms", version: 3, owner: 0x0102_0304_0506_0708)
        #expect(header.count == Envelope.headerSize)
        #expect(header[..<8].elementsEqual("Suoyin\r\n".utf8))
        #expect(header[8..<20].elementsEqual("terms       ".utf8))
        #expect(header[20..<24].elementsEqual([3, 0, 0, 0]))
        #expect(header[24..<32].elementsEqual([8, 7, 6, 5, 4, 3, 2, 1]))
        #expect(header[36..<40].elementsEqual([0, 0, 0, 0]))
        let file = Envelope.sealed(header)
        let table = Array(file[40..<44])
        #expect(table == littleEndian(unsafe CRC32C.checksum(header.span.bytes)))
        #expect(file[44..<52].elementsEqual([60, 0, 0, 0, 0, 0, 0, 0]))
        #expect(file[52..<56].elementsEqual(littleEndian(unsafe CRC32C.checksum(table.span.bytes))))
        #expect(file[56...].elementsEqual("END\n".utf8))
    }

    @Test("every truncation is noticed, by opening alone")
    func truncations() {
        let file = enveloped(Self.body)
        for count in 0..<file.count {
            #expect(throws: FormatError.self, "\(count) bytes left") {
                try Envelope.open(
                    ByteView(Array(file[..<count]), file: "file"), kind: "terms", version: 3, owner: 77)
            }
        }
    }

    @Test("every change of one byte is noticed, in every bit")
    func flips() {
        let file = enveloped(Self.body)
        for index in file.indices {
            for bit in 0..<8 {
                var damaged = file
                damaged[index] ^= 1 << UInt8(bit)
                #expect(throws: FormatError.self, "byte \(index), bit \(bit)") { try read(damaged) }
            }
        }
    }

    @Test("bytes added at either end are noticed")
    func additions() {
        let file = enveloped(Self.body)
        #expect(throws: FormatError.self) { try read(file + [0]) }
        #expect(throws: FormatError.self) { try read([0] + file) }
        #expect(throws: FormatError.self) { try read(file + file) }
    }

    @Test("a file of another kind, version or owner says so")
    func identity() {
        func open(_ file: [UInt8]) throws { _ = try read(file) }
        #expect(
            throws: FormatError.wrongIdentity(file: "file", expected: "a terms file", found: "a text         file")
        ) {
            try open(enveloped(Self.body, kind: "text"))
        }
        #expect(throws: FormatError.unsupportedVersion(file: "file", found: 4, supported: 3)) {
            try open(enveloped(Self.body, version: 4))
        }
        #expect(throws: FormatError.wrongIdentity(file: "file", expected: "number 77", found: "number 78")) {
            try open(enveloped(Self.body, owner: 78))
        }
        #expect(throws: FormatError.wrongMagic(file: "file", offset: 0)) {
            try open([UInt8](repeating: 0x41, count: 100))
        }
    }

    @Test("no bytes trap", arguments: Seed.first(60))
    func anyBytes(seed: Seed) {
        var generator = seed.generator()
        let file = enveloped(Self.body)
        for _ in 0..<20 {
            let noise = RandomBytes.noise(upTo: 120, using: &generator)
            #expect(throws: FormatError.self) { try read(noise) }
            let mutation = RandomBytes.mutation(of: file, using: &generator)
            if mutation == file { continue }
            #expect(throws: FormatError.self) { try read(mutation) }
        }
    }
}
