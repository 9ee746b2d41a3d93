internal import Suoyin

extension StandardError {
    /// Says what is wrong with a file; a warning says that it is one.
    static func write(_ problem: IndexingProblem) {
        write("suoyin: " + (problem.isWarning ? "warning: " : "") + problem.description)
    }
}
