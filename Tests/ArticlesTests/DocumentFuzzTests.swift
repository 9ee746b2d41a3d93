import Articles
import Model
import TestSupport
import Testing

/// Whatever stands in an archive or a compressed file, it gives articles or an error that names the file; nothing traps.
@Suite("Any bytes in documents")
struct DocumentFuzzTests {
    private static let epub = SampleDocuments.epub([
        "<h1>题</h1><p>段落 <b>粗</b>&nbsp;文<br/>行</p><table><tr><td>甲</td><td>乙</td></tr></table>", "<p>丙</p>",
    ])
    private static let docx = SampleDocuments.docx(
        SampleDocuments.wordParagraph("标题", style: "1")
            + "<w:p><w:r><w:t>甲&amp;</w:t><w:tab/><w:br/></w:r><w:ins><w:r><w:t>乙</w:t></w:r></w:ins></w:p>"
            + "<w:tbl><w:tr><w:tc>\(SampleDocuments.wordParagraph("丙"))</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>",
        footnotes: "<w:footnote>\(SampleDocuments.wordParagraph("注"))</w:footnote>",
        properties: "<dc:title>题</dc:title><dcterms:created>2024</dcterms:created>")
    private static let names = ["a.epub", "a.docx"]
    private static let tokens = [
        "<w:p>", "</w:p>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:pPr>", "</w:pPr>", "<w:del>", "</w:del>",
        "<w:tc>",
        "<w:tr>", "</w:tr>", "<w:br/>", "<w:tbl>", "<w:footnote>", #"<w:pStyle w:val="1"/>"#,
        #"<w:numId w:val="1"/>"#,
        "<item id='c1' href='../..'/>", "<itemref idref='c1'/>", "<rootfile full-path=''/>", "<dc:title>",
        "</dc:title>",
        "<p>", "</p>", "&x;", "<![CDATA[", "]]>", "<!--", "-->", "<Relationship Type='/styles' Target='.'/>", "\0",
        "<",
        ">", "\"",
    ]

    private static func good(_ name: String) -> ZipFile { name == "a.epub" ? epub : docx }

    @Test("mutations of the archive", arguments: names, Seed.first(60))
    func archives(name: String, seed: Seed) {
        var generator = seed.generator()
        let good = Self.good(name).bytes
        for _ in 0..<15 { check(RandomBytes.mutation(of: good, using: &generator), name, seed) }
    }

    @Test("mutations of what is in it", arguments: names, Seed.first(60))
    func members(name: String, seed: Seed) {
        var generator = seed.generator()
        for _ in 0..<15 {
            var zip = Self.good(name)
            for _ in 0...generator.below(3) {
                let place = generator.below(zip.members.count)
                if generator.once(in: 2) {
                    zip.members[place].bytes = RandomBytes.mutation(of: zip.members[place].bytes, using: &generator)
                } else {
                    for _ in 0...generator.below(10) {
                        let index = generator.below(zip.members[place].bytes.count + 1)
                        zip.members[place].bytes.insert(contentsOf: generator.pick(Self.tokens).utf8, at: index)
                    }
                }
            }
            check(zip.bytes, name, seed)
        }
    }

    @Test("every prefix of an archive", arguments: names)
    func prefixes(name: String) {
        let good = Self.good(name).bytes
        for count in 0..<good.count { check(Array(good[..<count]), name, Seed(0)) }
    }

    @Test(
        "mutations of compressed lines and texts", arguments: ["a.jsonl.gz", "a.jsonl.zst", "a.txt.gz"],
        Seed.first(40))
    func compressed(name: String, seed: Seed) {
        var generator = seed.generator()
        let text = ReaderSamples.samples(of: "a.jsonl")[0]
        let good = name.hasSuffix("gz") ? Compressed.gzip(text) : Compressed.zstd(text)
        for _ in 0..<15 { check(RandomBytes.mutation(of: good, using: &generator), name, seed) }
    }

    private func check(_ bytes: [UInt8], _ name: String, _ seed: Seed) {
        do {
            let file = try ReadFile(bytes, as: name)
            // Places are in what is unpacked, whose size is not known here.
            for article in file.articles where !article.isSound(fileSize: .max) {
                Issue.record("an article is not sound: \(bytes), \(seed)")
            }
            for problem in file.problems where !problem.concernsOnePart && !problem.isWarning {
                Issue.record("\(problem) should have been thrown: \(bytes), \(seed)")
            }
            if file.contentHash == nil { Issue.record("no content hash: \(bytes), \(seed)") }
        } catch let error as ArticlesError {
            if error.path.name.elementsEqual(name.utf8) == false { Issue.record("\(error) names another file") }
        } catch {
            Issue.record("\(error) is no ArticlesError")
        }
    }
}
