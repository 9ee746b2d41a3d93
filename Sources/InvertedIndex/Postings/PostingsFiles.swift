internal import Bytes

/// The files of a segment that entries of its dictionary point into. A class, so that handing it to a cursor counts one
/// reference.
final class PostingsFiles: Sendable {
    /// The blocks of the dictionary, in which short lists lie.
    let terms: ByteView
    let postings: ByteView
    let positions: ByteView
    /// See ``PostingsFormat/stepParameter(average:)``.
    let stepParameter: Int

    init(terms: ByteView, postings: ByteView, positions: ByteView, stepParameter: Int) {
        self.terms = terms
        self.postings = postings
        self.positions = positions
        self.stepParameter = stepParameter
    }

    /// The error of a list that breaks a rule: it points at where the list begins.
    func error(_ entry: TermEntry, _ rule: FormatError.Rule) -> FormatError {
        let file = entry.postings.isInline ? terms : postings
        return .malformed(file: file.file, offset: file.origin + entry.postings.bytes.lowerBound, rule: rule)
    }

    /// The bytes of a list.
    func bytes(_ place: PostingsPlace) throws(FormatError) -> ByteView {
        try (place.isInline ? terms : postings).slice(place.bytes)
    }
}
