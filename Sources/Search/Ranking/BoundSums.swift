internal import Bytes
internal import InvertedIndex

/// Adds the postings of one term to the bounds of articles: the loop that ranking spends much of its time in.
///
/// Postings come in the order of paragraphs, so that those of an article follow each other: a run. A block of postings is
/// first made into runs, and these are then added. Runs are of different articles, so that none waits for what the one
/// before writes; and as whether another posting of the article follows cannot be guessed, runs are told apart without
/// branches.
@unsafe struct BoundSums: ~Copyable {
    /// The postings of one article.
    private struct Run {
        var rank: UInt32
        /// The greatest share, as its bits: those of numbers that are not negative are in the numbers' order.
        var best: UInt32
        /// The sum of frequencies.
        var sum: UInt32
    }

    /// One an article.
    private let values: UnsafeMutablePointer<BoundUnits.Value>
    /// The code of the length of each.
    private let lengths: UnsafePointer<UInt8>
    private let owners: ParagraphOwners.Pointers
    private let tables: ShareTables
    /// Of the term, in units.
    var weight: Float
    // SAFETY: room for the run that a block goes on with and one a posting, and one more that is written in vain; freed in
    // `deinit`.
    private let runs: UnsafeMutablePointer<Run>
    /// Whether the first run is open: more of its postings may come.
    private var isOpen = false
    // SAFETY: room for the documents of a block, and behind them their frequencies; freed in `deinit`.
    private let kept: UnsafeMutablePointer<UInt32>

    /// - Parameters:
    ///   - values: one an article of the segment, in units.
    ///   - lengths: the code of the length of each.
    ///   - owners: of the segment's paragraphs.
    ///   - weight: of the term, in units.
    init(
        values: UnsafeMutablePointer<BoundUnits.Value>, lengths: UnsafePointer<UInt8>,
        owners: ParagraphOwners.Pointers,
        tables: ShareTables, weight: Float
    ) {
        unsafe self.values = values
        unsafe self.lengths = lengths
        unsafe self.owners = owners
        unsafe self.tables = tables
        unsafe self.weight = weight
        unsafe runs = .plain(capacity: BitPacking.blockSize + 2)
        unsafe kept = .plain(capacity: 2 * BitPacking.blockSize)
    }

    deinit {
        unsafe runs.freePlain()
        unsafe kept.freePlain()
    }

    /// - Parameters:
    ///   - documents: paragraphs of the segment, a block at most.
    ///   - frequencies: of each.
    mutating func add(_ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>) {
        guard documents.count > 0 else { return }
        precondition(documents.count <= BitPacking.blockSize)
        let shares = unsafe tables.paragraphs
        let runs = unsafe runs
        let owners = unsafe owners
        if unsafe !isOpen {
            // An open run of nothing.
            unsafe runs[0] = Run(rank: owners.find(documents[0]).rank, best: 0, sum: 0)
            unsafe isOpen = true
        }
        var last = 0
        var (rank, best, sum) = unsafe (runs[0].rank, runs[0].best, runs[0].sum)
        for index in documents.indices {
            // SAFETY: the segment has these paragraphs, there is a share for each code, and no more runs than postings.
            let owner = unsafe owners.find(documents[index])
            let frequency = unsafe frequencies[index]
            let share = shares.share(frequency, owner.length).bitPattern
            let isOther: UInt32 = owner.rank == rank ? 0 : 1
            let same = isOther &- 1
            best = max(share, best & same)
            sum = frequency &+ (sum & same)
            last &+= Int(isOther)
            rank = owner.rank
            unsafe runs[last] = Run(rank: rank, best: best, sum: sum)
        }
        for run in 0..<last { unsafe add(runs[run]) }
        unsafe runs[0] = runs[last]
    }

    /// The same without postings of articles whose bound is below a floor: to leave these out takes a fraction of adding them.
    mutating func add(
        _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>,
        from floor: BoundUnits.Value
    ) {
        precondition(documents.count <= BitPacking.blockSize)
        let owners = unsafe owners
        let (values, kept) = unsafe (values, kept)
        var count = 0
        for index in documents.indices {
            // SAFETY: a block has no more documents, and what is written in vain is at most the last.
            let document = unsafe documents[index]
            let article = unsafe owners.article(owners.find(document).rank)
            unsafe kept[count] = document
            unsafe kept[count &+ BitPacking.blockSize] = frequencies[index]
            // The sign of the difference, as a branch would often be guessed wrong.
            let sign = unsafe (Int32(values[article]) &- Int32(floor)) &>> 31
            count &+= 1 &+ Int(sign)
        }
        unsafe add(
            UnsafeBufferPointer(start: kept, count: count),
            UnsafeBufferPointer(start: kept + BitPacking.blockSize, count: count))
    }

    @inline(__always)
    private func add(_ run: Run) {
        // SAFETY: paragraphs are of the segment's articles.
        let article = unsafe owners.article(run.rank)
        let behind = unsafe tables.articles.share(run.sum, lengths[article])
        unsafe values[article] = BoundUnits.adding(
            weight * (Float(bitPattern: run.best) + RankingWeights.article * behind), to: values[article])
    }

    /// Adds what has not been: there are no more postings of the term, or none of the articles so far.
    mutating func finish() {
        if unsafe isOpen { unsafe add(runs[0]) }
        unsafe isOpen = false
    }
}

extension ShareTables.SumTable {
    /// Adds the postings of one term to bounds where every article has one paragraph: nothing has to be found or kept.
    ///
    /// - Parameters:
    ///   - documents: paragraphs of the segment.
    ///   - frequencies: of each.
    ///   - weight: of the term, in units.
    ///   - lengths: the codes of all paragraphs.
    ///   - values: one an article, in units.
    @unsafe
    func add(
        _ documents: UnsafeBufferPointer<UInt32>, _ frequencies: UnsafeBufferPointer<UInt32>, weight: Float,
        lengths: UnsafePointer<UInt8>, to values: UnsafeMutablePointer<BoundUnits.Value>
    ) {
        for index in documents.indices {
            // SAFETY: paragraphs of the segment have lengths and values.
            let document = unsafe Int(documents[index])
            let share = unsafe share(frequencies[index], lengths[document])
            unsafe values[document] = BoundUnits.adding(weight * share, to: values[document])
        }
    }
}
