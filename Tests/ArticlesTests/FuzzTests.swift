import Articles
import Model
import TestSupport
import Testing

/// Damaged files for each reader, as many as fit into `SUOYIN_FUZZ_SECONDS`; not run without it.
///
/// Each file is written to `/tmp/suoyin-fuzz-PROCESS/NAME` before it is read, so that one that ends the process is still
/// there. One that gives an unsound article or takes too long is kept beside it, under a name that begins with `kept`.
/// `SUOYIN_SEED` gives another run, `SUOYIN_FUZZ_NAMES` (`a.html a.xml`) some of the readers alone.
@Suite("Fuzzing", .enabled(if: environment("SUOYIN_FUZZ_SECONDS") != nil), .serialized)
struct FuzzTests {
    private static let seconds = environment("SUOYIN_FUZZ_SECONDS").flatMap { Int($0) } ?? 0
    private static let names =
        environment("SUOYIN_FUZZ_NAMES").map { $0.split(separator: " ").map { String($0) } } ?? ReaderSamples.names
    /// What a file of at most ``sizeLimit`` bytes may take.
    private static let timeLimit = Duration.seconds(2)
    private static let sizeLimit = 60_000

    /// Files of the format to begin with: the tests' own, and those of the corpus.
    private static func seeds(of name: String) -> [[UInt8]] {
        var seeds = ReaderSamples.samples(of: name)
        var walker = DirectoryWalker()
        try? walker.walk(Path(projectRoot + "/Corpus"))
        for file in walker.files where file.path.fileExtension == Path(name).fileExtension {
            if let bytes = readFile(file.path.bytes) { seeds.append(Array(bytes.prefix(sizeLimit))) }
        }
        return seeds
    }

    /// A file that a reader has not seen.
    private static func input(_ name: String, _ seeds: [[UInt8]], using generator: inout SplitMix64) -> [UInt8] {
        let tokens = ReaderSamples.tokens(of: name)
        var bytes = generator.once(in: 4) ? [] : generator.pick(seeds)
        for _ in 0...generator.below(4) {
            switch generator.below(7) {
            case 0: bytes = RandomBytes.mutation(of: bytes, using: &generator)
            case 1:
                // A part of another file.
                let other = generator.pick(seeds)
                let start = generator.below(other.count + 1)
                let part = other[start..<min(other.count, start + generator.below(400))]
                bytes.insert(contentsOf: part, at: generator.below(bytes.count + 1))
            case 2:
                let few = (0..<1 + generator.below(6)).map { _ in generator.pick(tokens) }
                let soup = (0..<generator.below(200)).flatMap { _ in generator.pick(few).utf8 }
                bytes.insert(contentsOf: soup, at: generator.below(bytes.count + 1))
            case 3:
                for _ in 0..<generator.below(40) {
                    bytes.insert(contentsOf: generator.pick(tokens).utf8, at: generator.below(bytes.count + 1))
                }
            case 4:
                let nested = Array(generator.pick(tokens).utf8)
                bytes += Array(repeating: nested, count: generator.below(3000)).joined()
            case 5: bytes.removeSubrange(generator.below(bytes.count + 1)...)
            default:
                bytes.insert(
                    contentsOf: RandomText.text(upTo: 30, using: &generator).utf8,
                    at: generator.below(bytes.count + 1))
            }
        }
        bytes = Array(bytes.prefix(sizeLimit))
        // Nearly all of them text, so that they come past the check for it.
        if generator.once(in: 20) { return bytes }
        return String(decoding: bytes, as: UTF8.self).utf8.filter { $0 != 0 }
    }

    @Test("any bytes give sound articles, or an error, in time", arguments: names)
    func fuzz(name: String) throws {
        let directory = Path("/tmp/suoyin-fuzz-\(processID)")
        let scratch = TemporaryDirectory(at: directory.lossyString)
        let path = directory.appending(name.utf8)
        let seeds = Self.seeds(of: name)
        let clock = ContinuousClock()
        let end = clock.now + .seconds(Self.seconds)
        var seed = environment("SUOYIN_SEED").flatMap { UInt64($0) } ?? 1
        var count = 0
        var slowest = Duration.zero
        while clock.now < end {
            var generator = Seed(seed).generator()
            let bytes = Self.input(name, seeds, using: &generator)
            scratch.write(bytes, to: name)
            let start = clock.now
            let problem = Self.problem(of: path, size: bytes.count)
            let taken = clock.now - start
            slowest = max(slowest, taken)
            if let problem = problem ?? (taken > Self.timeLimit ? "took \(taken)" : nil) {
                scratch.write(bytes, to: "kept-\(seed)-\(name)")
                Issue.record("\(problem): \(directory.lossyString)/kept-\(seed)-\(name)")
            }
            seed += 1
            count += 1
        }
        print("\(name): \(count) files, the slowest took \(slowest)")
    }

    private static func problem(of path: Path, size: Int) -> String? {
        do throws(ArticlesError) {
            var walker = DirectoryWalker()
            try walker.walk(path)
            let stream = try ArticleStream(walker.files[0])
            while let article = try stream.next() {
                if !article.isSound(fileSize: size) { return "an article is not sound" }
            }
            return nil
        } catch {
            return nil
        }
    }
}
