internal import Bytes
internal import Storage
internal import Synchronization

/// The segments that a writer has opened, and what it has found out about them. They never change, so neither does that.
final class OpenedSegments: Sendable {
    private struct Opened {
        let reader: SegmentReader
        var finder: ArticleFinder?
    }

    private let storage: any Storage
    private let shelf: VocabularyShelf
    private let segments = Mutex<[UInt64: Opened]>([:])

    /// - Parameter shelf: keeps the vocabularies that are open already.
    init(_ storage: any Storage, _ shelf: VocabularyShelf) {
        self.storage = storage
        self.shelf = shelf
    }

    /// A segment's reader. What it says of deletions is as of when it was first opened.
    func reader(_ info: SegmentInfo) throws(IndexError) -> SegmentReader {
        try segments.withLock { (segments) throws(IndexError) in
            if let opened = segments[info.id] { return opened.reader }
            let reader = try SegmentReader(info, in: storage, shelf: shelf)
            segments[info.id] = Opened(reader: reader)
            return reader
        }
    }

    /// Calls `body` with what finds articles in a segment; O(articles) when that is not made yet.
    func withFinder(
        _ info: SegmentInfo, _ body: (inout ArticleFinder, SegmentReader) throws(FormatError) -> Void
    ) throws(IndexError) {
        let reader = try reader(info)
        try segments.withLock { (segments) throws(IndexError) in
            try IndexError.format { () throws(FormatError) in
                // Taken out meanwhile, so that changing it copies nothing.
                var finder: ArticleFinder
                if let made = segments[info.id]?.finder {
                    finder = made
                    segments[info.id]?.finder = nil
                } else {
                    finder = try ArticleFinder(reader.articles)
                }
                defer { segments[info.id]?.finder = finder }
                try body(&finder, reader)
            }
        }
    }

    /// Lets go of all segments but these.
    func keep(_ ids: Set<UInt64>) {
        segments.withLock { segments in segments = segments.filter { ids.contains($0.key) } }
    }
}
