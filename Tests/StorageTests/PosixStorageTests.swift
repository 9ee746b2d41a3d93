import Bytes
import Storage
import TestSupport
import Testing

@Suite("POSIX storage")
struct PosixStorageTests {
    private let directory = TemporaryDirectory()

    private func storage(_ name: String, create: Bool) throws -> PosixStorage {
        try PosixStorage(directory: directory.path(of: name.utf8), create: create)
    }

    @Test("makes the directories it is asked for", arguments: ["a", "a/b/c", "a/b/c/", "索引/一"])
    func makesDirectories(name: String) throws {
        let made = try storage(name, create: true)
        #expect(directory.exists(name))
        try made.write([1], to: "file")
        // Asking again finds what is there.
        #expect(try storage(name, create: true).names() == ["file"])
    }

    @Test("makes none when it is not asked to")
    func makesNone() throws {
        let absent = try storage("absent", create: false)
        #expect(!directory.exists("absent"))
        #expect(throws: StorageError.self) { try absent.names() }
        #expect(throws: StorageError.missing(path: absent.location + "/file")) { try absent.open("file") }
        #expect(throws: StorageError.self) { try absent.create("file") }
        #expect(throws: StorageError.self) { try absent.lock() }
        #expect(throws: StorageError.self) { try absent.sync() }
        #expect(throws: Never.self) { try absent.remove("file") }
    }

    @Test("a lock that is let go is free, even while a program that is being started has a copy of its descriptor")
    func lockWhileStarting() throws {
        let storage = try storage("index", create: true)
        var lock: (any WriterLock)? = try storage.lock()
        let copies = copiesOfDescriptors(on: directory.path(of: "index/lock"))
        try #require(copies.count == 1)
        #expect(throws: StorageError.self) { try storage.lock() }
        lock = nil
        #expect(throws: Never.self) { lock = try storage.lock() }
        #expect(lock != nil)
        withExtendedLifetime(copies) {}
    }

    @Test("a file where the directory should be is an error")
    func directoryIsFile() throws {
        directory.write([1], to: "file")
        // 20: ENOTDIR.
        #expect(throws: StorageError.failed(.create, path: directory.path(of: "file"), code: 20)) {
            try storage("file", create: true)
        }
        #expect(throws: StorageError.failed(.create, path: directory.path(of: "file/below"), code: 20)) {
            try storage("file/below", create: true)
        }
        #expect(throws: StorageError.self) { try storage("file", create: false).names() }
    }

    @Test("a directory that may not be written to is an error", .disabled(if: isRoot, "root may write anywhere"))
    func unwritable() throws {
        directory.makeDirectory("locked")
        directory.setMode(0o555, of: "locked")
        #expect(throws: StorageError.failed(.create, path: directory.path(of: "locked/index"), code: 13)) {
            try storage("locked/index", create: true)
        }
        let unwritable = try storage("locked", create: true)
        #expect(throws: StorageError.failed(.create, path: unwritable.location + "/file", code: 13)) {
            try unwritable.create("file")
        }
        #expect(throws: StorageError.failed(.lock, path: unwritable.location + "/lock", code: 13)) {
            try unwritable.lock()
        }
    }

    @Test("a directory in a file's place is an error")
    func fileIsDirectory() throws {
        let made = try storage("index", create: true)
        directory.makeDirectory("index/terms")
        #expect(throws: StorageError.self) { try made.open("terms") }
        #expect(throws: StorageError.self) { try made.create("terms") }
        #expect(throws: StorageError.self) { try made.remove("terms") }
    }

    @Test("two storages of one directory see the same files and share one lock")
    func twoStorages() throws {
        let one = try storage("index", create: true)
        let other = try storage("index", create: false)
        try one.write([1, 2], to: "file")
        #expect(try other.open("file").copy() == [1, 2])
        let lock = try one.lock()
        #expect(throws: StorageError.locked(path: other.location, process: processID)) { try other.lock() }
        withExtendedLifetime(lock) {}
    }

    @Test("a directory's name need not be UTF-8")
    func namesThatAreNotUTF8() throws {
        let made = try PosixStorage(directory: directory.path(of: [0xC3, 0x28, 0xFF]), create: true)
        try made.write([9], to: "file")
        #expect(try made.open("file").copy() == [9])
        #expect(try made.names() == ["file"])
    }

    @Test("errors say what to do", arguments: [Int32(28), 13, 30, 2])
    func descriptions(code: Int32) {
        let error = StorageError.failed(.write, path: "Index/terms", code: code)
        #expect(error.description.contains("cannot write Index/terms: "))
        #expect(error.description.contains(";") == (code != 2))
    }
}
