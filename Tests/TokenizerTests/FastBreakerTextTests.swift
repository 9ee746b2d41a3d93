import CZstd
import Glibc
import ICU
import Model
import TestSupport
import Testing
import Tokenizer

/// Real data that is too large or not ours to pass on; the tests that need it are skipped without it.
private let testData = environment("SUOYIN_TEST_DATA")

@Suite("The fast word breaker on real text")
struct FastBreakerTextTests {
    @Test("gives ICU's boundaries for every line of the sample articles")
    func samples() throws {
        let files = filesBelow(projectRoot + "/Corpus")
        #expect(files.count > 10)
        var boundaries = 0
        for file in files { boundaries += try compareLines(of: readFile(file) ?? []) }
        #expect(boundaries > 1000)
    }

    @Test(
        "gives ICU's boundaries for every line of segmentation test sets", .enabled(if: testData != nil),
        arguments: ["msr_test.utf8", "pku_test.utf8"])
    func segmentation(file: String) throws {
        let boundaries = try compareLines(of: readFile("\(testData!)/segmentation/\(file)") ?? [])
        #expect(boundaries > 50_000)
    }

    @Test(
        "gives ICU's boundaries for the first megabytes of large collections", .enabled(if: testData != nil),
        arguments: ["news_crud", "law_tw", "tech_lctt"])
    func collections(name: String) throws {
        let compressed = readFile("\(testData!)/scale/\(name).jsonl.zst") ?? []
        // JSON, cut at its line ends only: what is escaped in it is text as good as any.
        let boundaries = try compareLines(of: decompress(compressed, upTo: 2_000_000))
        #expect(boundaries > 200_000)
    }

    /// The number of boundaries in the folded text of all lines; a line where the breakers differ is a failure.
    private func compareLines(of bytes: [UInt8]) throws -> Int {
        let analyzer = try Analyzer()
        var pair = try BreakerPair()
        var compared = 0
        for line in bytes.split(separator: 0x0A) {
            let folded = try analyzer.analyze(line, words: false).folded
            if let count = try pair.compare(folded) { compared += count } else { Issue.record(pair.report(folded)) }
        }
        return compared
    }

    /// The regular files below a directory.
    private func filesBelow(_ directory: String) -> [String] {
        guard let stream = unsafe opendir(directory) else {
            return [readFile(directory) == nil ? nil : directory].compactMap { $0 }
        }
        defer { unsafe closedir(stream) }
        var found: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
            }
            if !name.hasPrefix(".") { found += filesBelow(directory + "/" + name) }
        }
        return found
    }

    /// What a zstd stream holds, up to a length.
    private func decompress(_ compressed: [UInt8], upTo limit: Int) -> [UInt8] {
        guard let stream = unsafe ZSTD_createDStream() else { return [] }
        defer { unsafe _ = ZSTD_freeDStream(stream) }
        var output = [UInt8](repeating: 0, count: limit)
        let length = unsafe compressed.withUnsafeBytes { source in
            unsafe output.withUnsafeMutableBytes { target in
                var input = unsafe ZSTD_inBuffer(src: source.baseAddress, size: source.count, pos: 0)
                var result = unsafe ZSTD_outBuffer(dst: target.baseAddress, size: target.count, pos: 0)
                while unsafe result.pos < result.size && input.pos < input.size {
                    let left = unsafe ZSTD_decompressStream(stream, &result, &input)
                    if ZSTD_isError(left) != 0 { return 0 }
                }
                return unsafe result.pos
            }
        }
        return Array(output[..<length])
    }
}
