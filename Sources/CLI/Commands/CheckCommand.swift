internal import ArgumentParser
internal import Model
internal import Output
internal import Suoyin

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Verify every byte of the index, and mend it.",
        discussion: """
            Reads every file and every structure, analyses the text again, and compares. With --repair, what is damaged \
            is mended from the rest of the index; files whose articles cannot be saved are printed, a line each, to be \
            indexed again:

              suoyin check --repair | xargs -d '\\n' -r suoyin index
            """)

    @Flag(help: "Do not analyse the text again: bytes and structures only.")
    var quick = false

    @Flag(help: "Mend what is damaged, and print the files to index again.")
    var repair = false

    @OptionGroup var index: IndexOption

    @OptionGroup var wait: WaitOption

    func validate() throws {
        if quick, repair { throw ValidationError("--repair checks everything; leave --quick out") }
        if wait.wait, !repair { throw ValidationError("--wait goes with --repair; a check waits for nobody") }
    }

    func run() async throws {
        if repair { return try await mend() }
        let result = try IndexVerification(index: index.path, comparesTerms: !quick)
        Self.write(result.damages, remedies: true)
        if !quick { warnOfOtherAnalyzer(result) }
        if result.unreadFiles > 0 {
            StandardError.write("suoyin: note: \(Plural.unreadFiles(result.unreadFiles, indexes: [index.path]))")
        }
        try StandardOutput().write(Array((Self.verdict(result) + "\n").utf8))
        if !result.damages.isEmpty { throw Exit.failed }
    }

    private func mend() async throws {
        FreedMemory.giveBack()
        var indexer = Indexer(index: index.path)
        indexer.waiting = wait.waiting
        let report = try await indexer.repair()
        Self.write(report.damages, remedies: false)
        if report.rebuiltArticles > 0 {
            StandardError.write("built again from its text: \(Plural.count(report.rebuiltArticles, "article"))")
        }
        if !report.lostFiles.isEmpty {
            StandardError.write("\(Plural.count(report.lostFiles.count, "file")) to index again:")
            try StandardOutput().write(report.lostFiles.flatMap { $0.bytes + [0x0A] })
        }
        if let lost = report.lostInput { Self.write(lost) }
        Self.write(report.verification.damages, remedies: true)
        warnOfOtherAnalyzer(report.verification)
        StandardError.write(Self.verdict(report.verification))
        if !report.verification.damages.isEmpty { throw Exit.failed }
    }

    private static func write(_ damages: [IndexDamageReport], remedies: Bool) {
        for damage in damages {
            for fault in damage.faults { StandardError.write("suoyin: \(fault)") }
            StandardError.write("  this means: " + damage.consequence)
            if remedies { StandardError.write("  what to do: " + damage.remedy) }
        }
    }

    /// Says what no run of `index` can bring back by itself.
    private static func write(_ lost: Indexer.LostInput) {
        let advice = "and no file has them; give them to `suoyin index -` again"
        switch lost {
        case .unknown:
            StandardError.write("articles that came by standard input may be lost, which cannot be told, \(advice)")
        case .articles(let ids):
            StandardError.write("articles that came by standard input are lost, \(advice):")
            for id in ids {
                StandardError.write("  \(String(decoding: id, as: UTF8.self))")
            }
        }
    }

    private func warnOfOtherAnalyzer(_ result: IndexVerification) {
        guard !result.comparedTerms else { return }
        StandardError.write(
            "suoyin: note: the index was made by another analyzer, so its terms were not compared with its text; "
                + "`suoyin reindex --index \(index.path.lossyString)` builds it anew")
    }

    private static func verdict(_ result: IndexVerification) -> String {
        let verdict = result.damages.isEmpty ? "sound" : Plural.count(result.problems.count, "problem")
        return "\(Plural.count(result.files, "file")), \(result.bytes) bytes: \(verdict)"
    }
}
