/// Where bytes are no JSON, or more of it than is read.
public struct JSONError: Error, Equatable, Sendable {
    public enum Problem: Equatable, Sendable {
        case notJSON
        /// Nested deeper than ``JSONScanner/depthLimit``.
        case tooDeep
    }

    public var problem: Problem
    /// The byte at which it shows, from the first that was given.
    public var offset: Int

    public init(_ problem: Problem, offset: Int) {
        self.problem = problem
        self.offset = offset
    }
}

extension JSONError: CustomStringConvertible {
    public var description: String {
        switch problem {
        case .notJSON: "not valid JSON (byte \(offset))"
        case .tooDeep: "nested more than \(JSONScanner.depthLimit) deep (byte \(offset))"
        }
    }
}
