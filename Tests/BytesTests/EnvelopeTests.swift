import Bytes
import TestSupport
import Testing

@Suite("Envelope")
struct EnvelopeTests {
    private static let body = Array("the body of a small file".utf8)

    private func enveloped(_ body: [UInt8], kind: String = "terms", version: UInt32 = 3, owner: UInt64 = 77)
        -> [UInt8]
    {
        let start = Envelope.header(kind: kind, version: version, owner: owner) + body
        let crc = unsafe CRC32C.checksum(start.span.bytes)
        return start + Envelope.footer(length: start.count, crc: crc)
    }

    /// What a reader does that trusts nothing: opens the file and checks every byte.
    private func read(_ bytes: [UInt8]) throws -> [UInt8] {
        let view = ByteView(bytes, file: "file")
        let body = try Envelope.open(view, kind: "terms", version: 3, owner: 77)
        try Envelope.verify(view)
        return body.copy()
    }

    @Test("a good file opens, and gives its body", arguments: [0, 1, 7, 24, 4096])
    func goodFile(count: Int) throws {
        let body = (0..<count).map { UInt8(truncatingIfNeeded: $0) }
        let file = enveloped(body)
        #expect(file.count == Envelope.headerSize + count + Envelope.footerSize)
        #expect(try read(file) == body)
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
        let footer = Envelope.footer(length: 40, crc: 0xA1B2_C3D4)
        #expect(footer == [56, 0, 0, 0, 0, 0, 0, 0, 0xD4, 0xC3, 0xB2, 0xA1] + Array("END\n".utf8))
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
        #expect(throws: FormatError.self) { try Envelope.verify(ByteView(Array(file[..<20]), file: "file")) }
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
