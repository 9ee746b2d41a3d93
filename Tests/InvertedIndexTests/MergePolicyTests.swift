import TestSupport
import Testing

@testable import InvertedIndex

@Suite("Merge policy")
struct MergePolicyTests {
    typealias Segment = MergePolicy.Segment

    private let policy = MergePolicy()

    private func segment(_ id: UInt64, _ size: UInt64, deleted: Double = 0, paragraphs: Int = 1) -> Segment {
        Segment(id: id, size: size, paragraphs: paragraphs, deletedShare: deleted)
    }

    // MARK: Thousands of commits

    /// What is committed, one segment after the other.
    enum Commits: CaseIterable, Sendable {
        /// 5 to 50 KB: a few articles at a time.
        case small
        /// 1 KB to 50 MB, each order of magnitude as often as any other.
        case mixed
        /// 100 to 500 MB: the segments of a large collection as memory fills up.
        case large

        func size(using generator: inout SplitMix64) -> UInt64 {
            switch self {
            case .small: return UInt64(5_000 + generator.below(45_000))
            case .mixed:
                let magnitude = UInt64(1_000) << UInt64(generator.below(16))
                return magnitude + UInt64(generator.below(Int(magnitude)))
            case .large: return UInt64(100_000_000 + generator.below(400_000_000))
            }
        }

        /// Bytes that merges may write for each byte added.
        var amplification: Double {
            switch self {
            case .small: 8
            case .mixed: 3
            case .large: 2.5
            }
        }

        /// Segments that there may be at any time.
        var segments: Int {
            switch self {
            case .small: 20
            case .mixed: 36
            case .large: 60
            }
        }
    }

    private struct Simulation {
        var segments: [Segment] = []
        var added: UInt64 = 0
        var written: UInt64 = 0
        var nextID: UInt64 = 1

        mutating func add(_ size: UInt64) {
            segments.append(Segment(id: nextID, size: size, paragraphs: Int(size / 300), deletedShare: 0))
            nextID += 1
            added += size
        }

        /// Deletes about `size` bytes, of all segments but the last.
        mutating func delete(_ size: Double, using generator: inout SplitMix64) {
            let live = segments.dropLast().reduce(0) { $0 + Double($1.liveSize) }
            guard live > 0 else { return }
            for index in segments.indices.dropLast() {
                let share = min(1, size / live * Double.random(in: 0...2, using: &generator))
                segments[index].deletedShare = 1 - (1 - segments[index].deletedShare) * (1 - share)
            }
            segments.removeAll { $0.deletedShare > 0.9999 }
        }

        /// Merges what is due; nil when there is no end to it.
        mutating func merge(by policy: MergePolicy) -> Int? {
            for count in 0..<100 {
                guard let ids = policy.nextMerge(segments) else { return count }
                let merged = segments.filter { ids.contains($0.id) }
                segments.removeAll { ids.contains($0.id) }
                let size = merged.reduce(0) { $0 + $1.liveSize }
                segments.append(
                    Segment(
                        id: nextID, size: size, paragraphs: merged.reduce(0) { $0 + $1.paragraphs }, deletedShare: 0
                    ))
                nextID += 1
                written += size
            }
            return nil
        }
    }

    @Test(
        "thousands of commits leave few segments, and write few bytes more", arguments: Seed.first(2),
        Commits.allCases)
    func simulation(seed: Seed, commits: Commits) throws {
        var generator = seed.generator()
        for replaced in [0, 0.5, 1] {
            var simulation = Simulation()
            var most = 0
            for _ in 0..<(commits == .large ? 1000 : 4000) {
                let size = commits.size(using: &generator)
                simulation.add(size)
                simulation.delete(replaced * Double(size), using: &generator)
                #expect(simulation.merge(by: policy) != nil)
                most = max(most, simulation.segments.count)

                // No tier is full, and nobody carries many deletions along.
                let small = simulation.segments.filter { $0.liveSize <= policy.largestSize / 2 }
                for tier in Dictionary(grouping: small, by: { policy.tier($0.liveSize) }).values {
                    #expect(tier.count < policy.segmentsPerTier)
                }
                #expect(simulation.segments.allSatisfy { $0.deletedShare <= policy.deletedShareLimit })
                #expect(simulation.segments.allSatisfy { $0.liveSize <= policy.largestSize })
            }
            let amplification = Double(simulation.written) / Double(simulation.added)
            #expect(amplification < commits.amplification, "\(commits), \(replaced) replaced")
            #expect(most <= commits.segments, "\(commits), \(replaced) replaced")
        }
    }

    // MARK: Single decisions

    @Test("tiers grow by the number of segments in each")
    func tiers() {
        let smallest = policy.smallestSize
        #expect(policy.tier(0) == 0 && policy.tier(smallest - 1) == 0)
        #expect(policy.tier(smallest) == 1 && policy.tier(smallest * 8 - 1) == 1)
        #expect(policy.tier(smallest * 8) == 2)
        #expect(policy.tier(.max) < 64)
    }

    @Test("nothing is due of nothing, of one, or of a tier that is not full")
    func nothing() {
        #expect(policy.nextMerge([]) == nil)
        #expect(policy.nextMerge([segment(1, 10)]) == nil)
        #expect(policy.nextMerge((1...7).map { segment($0, 10) }) == nil)
        #expect(policy.nextMerge((1...7).map { segment($0, 10) } + [segment(8, 3 << 20)]) == nil)
    }

    @Test("a full tier is merged, in the order of the segments; larger ones are left out")
    func full() {
        let segments = [segment(9, 1 << 30)] + (1...8).map { segment($0, 100 - $0) }
        #expect(policy.nextMerge(segments) == Array(1...8))
    }

    @Test("what a merge would only make full is taken along")
    func cascade() {
        let first = (1...8).map { segment($0, 1 << 20) }
        let second = (11...17).map { segment($0, 5 << 20) }
        #expect(policy.nextMerge(first + second) == Array(1...8) + Array(11...17))
        #expect(policy.nextMerge(first + second.dropLast()) == Array(1...8))
    }

    @Test("deletions are purged above a share, of large segments too, and of small ones together")
    func purge() {
        let huge = segment(1, policy.largestSize * 2, deleted: 0.34)
        #expect(policy.nextMerge([huge, segment(2, 10), segment(3, 10)]) == [1])
        #expect(policy.nextMerge([segment(1, policy.largestSize * 2, deleted: 0.33), segment(2, 10)]) == nil)
        #expect(policy.nextMerge([segment(1, 10), segment(2, 10, deleted: 0.5), segment(3, 3 << 20)]) == [1, 2])
    }

    @Test("no merge makes a segment too large, in bytes or paragraphs")
    func limits() throws {
        let large = (1...9).map { segment($0, policy.largestSize / 3) }
        #expect(policy.nextMerge(large)?.count == 3)
        #expect(policy.nextMerge((1...9).map { segment($0, policy.largestSize / 2 + 1) }) == nil)
        let third = MergePolicy.paragraphLimit / 3
        #expect(policy.nextMerge((1...9).map { segment($0, 10, paragraphs: third) })?.count == 3)
        #expect(policy.nextMerge((1...9).map { segment($0, 10, paragraphs: third * 2) }) == nil)
    }

    @Test("merging all leaves one segment, or as many as there must be")
    func all() {
        #expect(MergePolicy.allMerges([]) == [])
        #expect(MergePolicy.allMerges([segment(1, 10)]) == [])
        #expect(MergePolicy.allMerges([segment(1, 10, deleted: 0.01)]) == [[1]])
        #expect(MergePolicy.allMerges([segment(1, 10), segment(2, .max / 4)]) == [[1, 2]])
        let half = MergePolicy.paragraphLimit / 2
        #expect(
            MergePolicy.allMerges((1...5).map { segment($0, 10, paragraphs: half) }) == [[1, 2], [3, 4]])
        #expect(
            MergePolicy.allMerges((1...3).map { segment($0, 10, deleted: $0 == 3 ? 0.1 : 0, paragraphs: half) })
                == [[1, 2], [3]])
    }
}
