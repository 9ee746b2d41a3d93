import Model
import Suoyin
import Synchronization
import TestSupport
import Testing

/// Work that is given up leaves the index as it was, whenever that is.
@Suite("Giving up")
struct CancellationTests {
    /// Articles of which each holds its version.
    private func write(_ collection: Collection, version: Int) {
        for file in 0..<3 {
            let lines = (0..<200).map { #"{"id":"\#(file)-\#($0)","text":"第\#(version)版第\#($0)条，清华大学。"}"# }
            collection.write("\(file).jsonl", lines.joined(separator: "\n"))
        }
    }

    @Test("an update that is interrupted at any time")
    func update() async throws {
        let collection = Collection()
        write(collection, version: 1)
        try await collection.update()
        write(collection, version: 2)
        var number = 0
        while true {
            number += 1
            let asked = Counter()
            let last = number
            var indexer = Indexer(index: collection.index)
            indexer.isInterrupted = { asked.next() >= last }
            do {
                _ = try await indexer.update([collection.articles])
                break
            } catch is CancellationError {
                #expect(try collection.exact("第1版").count == 600, "interrupted at \(number)")
                #expect(try collection.exact("第2版").isEmpty, "interrupted at \(number)")
            }
            try #require(number < 10_000)
        }
        #expect(number > 10)
        #expect(try collection.exact("第2版").count == 600)
    }

    @Test("an index that is built anew, and its task cancelled")
    func reindex() async throws {
        let collection = Collection()
        write(collection, version: 1)
        try await collection.update()
        let index = collection.index
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await Indexer(index: index).reindex()
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { _ = try await task.value }
        #expect(try collection.exact("第1版").count == 600)
        _ = try await Indexer(index: index).reindex()
        #expect(try collection.exact("第1版").count == 600)
    }
}

/// Numbers from 1, for any thread.
private final class Counter: Sendable {
    private let count = Atomic(0)

    func next() -> Int { count.add(1, ordering: .relaxed).newValue }
}
