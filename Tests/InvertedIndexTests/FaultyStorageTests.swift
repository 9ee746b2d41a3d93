import Bytes
import Storage
import TestSupport
import Testing

/// The storage that the crash tests rely on loses what it should, and nothing else.
@Suite("Faulty storage")
struct FaultyStorageTests {
    private let base = MemoryStorage()

    private func write(_ bytes: [UInt8], to name: String, in storage: any Storage, isSynced: Bool) throws {
        let file = try storage.create(name)
        unsafe try file.append(bytes.span.bytes)
        if isSynced { try file.sync() }
        try file.close()
    }

    /// What may be left of a file after a power cut; nil where it may be gone.
    private func outcomes(of name: String, in storage: FaultyStorage) throws -> Set<[UInt8]?> {
        var generator = Seed(1).generator()
        return try Set(
            (0..<200).map { _ in
                let survivors = storage.survivors(using: &generator)
                return try survivors.names().contains(name) ? try survivors.open(name).copy() : nil
            })
    }

    @Test("what was there before survives, and what was synced")
    func synced() throws {
        base.write([1], to: "old")
        let storage = try FaultyStorage(wrapping: base)
        try write([2, 3], to: "new", in: storage, isSynced: true)
        try storage.sync()
        #expect(try outcomes(of: "old", in: storage) == [[1]])
        #expect(try outcomes(of: "new", in: storage) == [[2, 3]])
    }

    @Test("a file not synced may be anything, one whose directory is not synced may be gone")
    func unsynced() throws {
        let storage = try FaultyStorage(wrapping: base)
        try write([2, 3], to: "content", in: storage, isSynced: false)
        try storage.sync()
        try write([4], to: "name", in: storage, isSynced: true)
        let contents = try outcomes(of: "content", in: storage)
        #expect(contents.isSuperset(of: [[], [2], [2, 3]]) && contents.count > 5 && !contents.contains(nil))
        #expect(try outcomes(of: "name", in: storage) == [[4], nil])
    }

    @Test("renames and removals may be undone until the directory is synced")
    func directory() throws {
        for (name, byte) in [("a", UInt8(1)), ("b", 2), ("c", 3)] { base.write([byte], to: name) }
        let storage = try FaultyStorage(wrapping: base)
        try storage.rename("a", to: "b")
        try storage.remove("c")
        #expect(try storage.names() == ["b"] && storage.open("b").copy() == [1])
        #expect(try outcomes(of: "b", in: storage) == [[1], [2]])
        #expect(try outcomes(of: "c", in: storage) == [[3], nil])
        try storage.sync()
        #expect(try outcomes(of: "b", in: storage) == [[1]])
        #expect(try outcomes(of: "a", in: storage) == [nil])
        #expect(try outcomes(of: "c", in: storage) == [nil])
    }

    @Test("the call asked for fails: once, or for good")
    func faults() throws {
        for fault in [FaultyStorage.Fault.failure(at: 2), .powerCut(at: 2)] {
            let storage = try FaultyStorage(wrapping: MemoryStorage(), fault: fault)
            _ = try storage.names()
            #expect(!storage.hasFailed)
            #expect(throws: StorageError.self) { try storage.create("a") }
            #expect(storage.hasFailed)
            #expect((try? storage.create("a")) != nil || fault == .powerCut(at: 2))
            #expect(storage.calls == ["list ", "create a", "create a"])
        }
    }

    @Test("an append that fails leaves half of its bytes")
    func fullDisk() throws {
        let storage = try FaultyStorage(wrapping: base, fault: .failure(at: 2))
        #expect(throws: StorageError.failed(.write, path: "memory/a", code: FaultyStorage.noSpace)) {
            try write([1, 2, 3, 4], to: "a", in: storage, isSynced: true)
        }
        #expect(try base.open("a").copy() == [1, 2])
    }
}
