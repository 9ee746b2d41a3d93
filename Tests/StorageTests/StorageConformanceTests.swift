import Bytes
import Storage
import TestSupport
import Testing

/// The storages that keep the protocol's promises.
enum StorageKind: CaseIterable, CustomTestStringConvertible {
    case memory, posix

    var testDescription: String { self == .memory ? "MemoryStorage" : "PosixStorage" }

    /// A new, empty storage, and what has to live as long as it is used.
    func make() throws -> (storage: any Storage, directory: TemporaryDirectory?) {
        switch self {
        case .memory: return (MemoryStorage(), nil)
        case .posix:
            let directory = TemporaryDirectory()
            return (try PosixStorage(directory: Array(directory.path.utf8), create: false), directory)
        }
    }
}

extension Storage {
    func write(_ bytes: [UInt8], to name: String) throws {
        let file = try create(name)
        unsafe try file.append(bytes.span.bytes)
        try file.sync()
        try file.close()
    }
}

@Suite("Storage", .serialized)
struct StorageConformanceTests {
    @Test("lists its files by name", arguments: StorageKind.allCases)
    func names(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        #expect(try storage.names() == [])
        for name in ["b", "a", "segment-10", "segment-9", "B"] { try storage.write([1], to: name) }
        #expect(try storage.names() == ["B", "a", "b", "segment-10", "segment-9"])
        try storage.remove("a")
        #expect(try storage.names() == ["B", "b", "segment-10", "segment-9"])
    }

    @Test("gives back what was appended, whatever its size", arguments: StorageKind.allCases)
    func contents(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        var generator = Seed(5).generator()
        // Pieces below, at and above any buffer's size.
        for sizes in [[], [0], [1], [10, 0, 20], [1 << 18], [5, 1 << 18, 7], [1 << 19, 3], [200_000, 200_000]] {
            let file = try storage.create("file")
            var written: [UInt8] = []
            for size in sizes {
                let piece = generator.bytes(size)
                unsafe try file.append(piece.span.bytes)
                written += piece
            }
            try file.sync()
            try file.close()
            let view = try storage.open("file")
            #expect(view.count == written.count)
            #expect(try view.copy() == written, "sizes \(sizes)")
        }
        try storage.sync()
    }

    @Test("what was synced can be read before the file is closed", arguments: StorageKind.allCases)
    func synced(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        let file = try storage.create("file")
        let start: [UInt8] = [1, 2, 3]
        unsafe try file.append(start.span.bytes)
        try file.sync()
        #expect(try storage.open("file").copy() == [1, 2, 3])
        let rest: [UInt8] = [4]
        unsafe try file.append(rest.span.bytes)
        try file.close()
        #expect(try storage.open("file").copy() == [1, 2, 3, 4])
    }

    @Test("a view names its file", arguments: StorageKind.allCases)
    func viewNames(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        try storage.write([1], to: "terms")
        #expect(try storage.open("terms").file == storage.location + "/terms")
    }

    @Test("opening what is not there says so", arguments: StorageKind.allCases)
    func missing(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        #expect(throws: StorageError.missing(path: storage.location + "/nothing")) { try storage.open("nothing") }
        #expect(throws: StorageError.self) { try storage.rename("nothing", to: "something") }
        #expect(throws: Never.self) { try storage.remove("nothing") }
        #expect(try storage.names() == [])
    }

    @Test("a rename replaces", arguments: StorageKind.allCases)
    func rename(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        try storage.write([1], to: "manifest")
        try storage.write([2, 2], to: "manifest.new")
        let old = try storage.open("manifest")
        try storage.rename("manifest.new", to: "manifest")
        #expect(try storage.names() == ["manifest"])
        #expect(try storage.open("manifest").copy() == [2, 2])
        #expect(try old.copy() == [1])
        try storage.rename("manifest", to: "manifest")
        #expect(try storage.open("manifest").copy() == [2, 2])
    }

    @Test("a view outlives its file, and the storage", arguments: StorageKind.allCases)
    func viewsOutlive(kind: StorageKind) throws {
        var views: [ByteView] = []
        let content = [UInt8](repeating: 7, count: 100_000)
        do {
            let (storage, directory) = try kind.make()
            defer { withExtendedLifetime(directory) {} }
            for name in ["removed", "recreated", "left"] {
                try storage.write(content, to: name)
                views.append(try storage.open(name))
            }
            try storage.remove("removed")
            // The file is another one now: a view of the first must not shrink under its reader.
            try storage.write([1], to: "recreated")
            #expect(try storage.open("recreated").copy() == [1])
        }
        for view in views { #expect(try view.copy() == content) }
    }

    @Test("there is one writer, and the next one is told who it is", arguments: StorageKind.allCases)
    func lock(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        let first = try storage.lock()
        let refusal = StorageError.locked(path: storage.location, process: processID)
        #expect(throws: refusal) { try storage.lock() }
        // A refusal must not take the place away from the one who has it.
        #expect(throws: refusal) { try storage.lock() }
        #expect(refusal.description.contains("process \(processID)"))
        withExtendedLifetime(first) {}
    }

    @Test("the lock is free again when it is let go", arguments: StorageKind.allCases)
    func lockIsReleased(kind: StorageKind) throws {
        let (storage, directory) = try kind.make()
        defer { withExtendedLifetime(directory) {} }
        for _ in 0..<3 {
            let lock = try storage.lock()
            withExtendedLifetime(lock) {}
        }
        #expect(throws: Never.self) { _ = try storage.lock() }
    }
}
