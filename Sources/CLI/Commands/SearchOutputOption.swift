internal import ArgumentParser
internal import Model
internal import Output

/// What a search prints: hits in some format, their number, or nothing.
struct SearchOutputOption: ParsableArguments {
    enum Kind: Equatable {
        case hits(OutputFormat)
        case count
        case nothing
    }

    @Option(parsing: .unconditional, help: "The form of the output; text unless told.")
    var format: OutputFormat?

    @Flag(
        name: [.customShort("l"), .long],
        help: """
            Print the paths of the files hit, each once: of all literal hits, or of as many as --limit says.
            """)
    var filesWithMatches = false

    @Flag(
        name: .shortAndLong,
        help: "Print the number of hits, all of them; with --queries a line `id TAB number` for each query.")
    var count = false

    @Flag(
        name: .shortAndLong,
        help: "Print nothing, and end at the first hit: the exit status says whether there is one.")
    var quiet = false

    @Flag(
        name: [.customShort("0"), .long], help: "Put a NUL behind each path in place of a line end, for xargs -0.")
    var null = false

    @Option(
        parsing: .unconditional,
        help: """
            score: the best first; date: the newest article first; path: by path, article and paragraph. Literal hits are sorted \
            before --limit is applied, best matches after it. Unless told, score.
            """)
    var sort: HitOrder?

    var kind: Kind {
        if quiet { return .nothing }
        if count { return .count }
        return .hits(filesWithMatches ? .paths : format ?? .text)
    }

    func validate() throws {
        let given = [
            ("--format", format != nil), ("--files-with-matches", filesWithMatches), ("--count", count),
            ("--quiet", quiet),
        ].filter(\.1).map(\.0)
        if given.count > 1 {
            throw ValidationError("\(given[0]) and \(given[1]) ask for different output; give one of them")
        }
        if null, kind != .hits(.paths) {
            throw ValidationError("--null goes with --files-with-matches: only paths can be told apart by it")
        }
        if sort ?? .score != .score, kind == .hits(.trec) {
            throw ValidationError("--sort does not go with --format trec: what reads a run orders it by score")
        }
    }

    /// Whether the output has room for what other options ask for.
    ///
    /// - Parameters:
    ///   - shown: options that say what to show of hits.
    ///   - chosen: options that choose among hits.
    func check(shown: [String], chosen: [String]) throws {
        let name = quiet ? "--quiet" : count ? "--count" : filesWithMatches ? "--files-with-matches" : nil
        guard let name else {
            let format = format ?? .text
            if let option = shown.first(where: { !format.hasRoom(for: $0) }) {
                throw ValidationError("\(option) does not go with --format \(format), which has no room for it")
            }
            return
        }
        if let option = shown.first {
            throw ValidationError("\(option) does not go with \(name), which prints no paragraphs")
        }
        if !filesWithMatches, let option = chosen.first ?? (sort == nil ? nil : "--sort") {
            throw ValidationError(
                "\(option) does not go with \(name), which "
                    + (quiet ? "prints nothing" : "counts every paragraph that matches"))
        }
    }
}

extension OutputFormat {
    /// Whether the form has room for what an option adds to hits.
    fileprivate func hasRoom(for option: String) -> Bool {
        switch self {
        case .text, .jsonl: true
        case .tsv, .vimgrep: option == "--snippet"
        case .trec, .paths: false
        }
    }
}
