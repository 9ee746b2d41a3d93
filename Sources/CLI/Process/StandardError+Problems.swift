internal import Suoyin

extension StandardError {
    /// Says what is wrong with a file; a warning says that it is one.
    static func write(_ problem: IndexingProblem) {
        var text = problem.description
        if case .allLeftOut(_, let exclusions) = problem { text += LeftOut.origins(of: exclusions) }
        write("suoyin: " + (problem.isWarning ? "warning: " : "") + text)
    }
}
