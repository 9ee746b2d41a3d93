public import ICU
internal import Model

/// Why a text cannot be analysed.
public enum AnalysisError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A service of ICU failed.
    case icu(ICUError)
    /// The text has more units than positions have room for.
    case tooLong(units: Int)

    public var description: String {
        switch self {
        case .icu(let error): "\(error)"
        case .tooLong(let units):
            "a paragraph of \(units) characters and words is longer than \(TermBlock.positionLimit); "
                + "break it into lines"
        }
    }
}
