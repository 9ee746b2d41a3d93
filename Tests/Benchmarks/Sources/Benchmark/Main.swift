internal import Glibc
internal import ICU

let usage = """
    usage: suoyin-benchmark analysis [FILE…]   measure word breaking and analysis
           suoyin-benchmark compare [FILE…]    compare the fast word breaker with ICU's
           suoyin-benchmark postings INDEX     measure blocks, seeks and look-ups
    Every line that is not empty is a paragraph, UTF-8. Without FILE, standard input is read.

    """

@main
struct Main {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "postings", arguments.count == 2 {
            try PostingsBenchmark(index: arguments[2]).run()
            return
        }
        guard let command = arguments.first, ["analysis", "compare"].contains(command) else {
            _ = unsafe usage.withCString { unsafe write(2, $0, strlen($0)) }
            exit(2)
        }
        guard let paragraphs = Paragraphs(files: Array(arguments.dropFirst())) else {
            unsafe perror("suoyin-benchmark")
            exit(2)
        }
        if command == "analysis" {
            try AnalysisBenchmark(paragraphs).run()
        } else {
            let disagreements = try Comparison(paragraphs).run()
            exit(disagreements == 0 ? 0 : 1)
        }
    }
}
