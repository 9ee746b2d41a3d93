import Articles
import Model
import TestSupport
import Testing

/// Whatever a file holds, it gives articles or an error that names the file; nothing traps.
@Suite("Any bytes")
struct AnyBytesTests {
    @Test("mutations of good files", arguments: ReaderSamples.names, Seed.first(40))
    func mutations(name: String, seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<15 {
            let good = generator.pick(ReaderSamples.samples(of: name))
            check(RandomBytes.mutation(of: good, using: &generator), name, seed)
        }
    }

    @Test(
        "mutations of good files in other encodings, read as what they look like or are said to be",
        arguments: ReaderSamples.names, Seed.first(20))
    func encodedMutations(name: String, seed: Seed) {
        var generator = seed.generator()
        let sample = generator.pick(ReaderSamples.samples(of: name))
        let text = String(decoding: sample, as: UTF8.self).unicodeScalars.filter {
            $0 != "\u{FEFF}" && $0 != "á" && $0 != "😀"
        }
        for encoding in FileEncoding.allCases {
            let some = encoding.encode(String(String.UnicodeScalarView(text)))
            guard let good = some ?? encoding.encode("中文\n# 中文") else { continue }
            for _ in 0..<3 {
                let asked = generator.pick([nil, EncodingName(encoding.reported), .gb18030, .utf16, .utf8])
                let options = DecodingOptions(encoding: asked, isStrict: generator.once(in: 4))
                check(RandomBytes.mutation(of: good, using: &generator), name, seed, options)
            }
        }
    }

    @Test("good files with tokens out of place", arguments: ReaderSamples.names, Seed.first(40))
    func tokens(name: String, seed: Seed) {
        var generator = seed.generator()
        let tokens = ReaderSamples.tokens(of: name)
        for _ in 0..<15 {
            var bytes = generator.once(in: 3) ? [] : generator.pick(ReaderSamples.samples(of: name))
            for _ in 0..<1 + generator.below(20) {
                bytes.insert(contentsOf: generator.pick(tokens).utf8, at: generator.below(bytes.count + 1))
            }
            check(bytes, name, seed)
        }
    }

    @Test("noise", arguments: ReaderSamples.names, Seed.first(40))
    func noise(name: String, seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<15 { check(RandomBytes.noise(upTo: 200, using: &generator), name, seed) }
    }

    @Test("every prefix of a good file", arguments: ReaderSamples.names)
    func prefixes(name: String) {
        for good in ReaderSamples.samples(of: name) {
            for count in 0...good.count { check(Array(good[..<count]), name, Seed(0)) }
        }
    }

    private func check(_ bytes: [UInt8], _ name: String, _ seed: Seed, _ options: DecodingOptions = .init()) {
        do {
            let file = try ReadFile(bytes, as: name, options)
            for article in file.articles where !article.isSound(fileSize: bytes.count) {
                Issue.record("an article is not sound: \(bytes), \(seed)")
            }
            for problem in file.problems where !problem.concernsOnePart && !problem.isWarning {
                Issue.record("\(problem) should have been thrown: \(bytes), \(seed)")
            }
            if file.contentHash == nil { Issue.record("no content hash: \(bytes), \(seed)") }
            var ids: Set<[UInt8]> = []
            for article in file.articles where !ids.insert(article.id).inserted {
                Issue.record("an id was given twice: \(bytes), \(seed)")
            }
        } catch let error as ArticlesError {
            if !error.path.bytes.ends(with: name.utf8) { Issue.record("\(error) names another file") }
        } catch {
            Issue.record("\(error) is no ArticlesError")
        }
    }
}

extension [UInt8] {
    fileprivate func ends(with other: some BidirectionalCollection<UInt8>) -> Bool {
        reversed().starts(with: other.reversed())
    }
}
