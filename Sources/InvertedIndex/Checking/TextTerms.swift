public import Model

/// Gives the terms of a stored text, as they were given to the ``SegmentBuilder`` when it was indexed: this module
/// knows nothing of analysis, and yet has to compare its terms with its text.
public protocol TextTerms {
    /// Replaces the content of `terms` by the terms of a title.
    mutating func title(_ text: ArraySlice<UInt8>, into terms: inout TermBlock) throws

    /// Replaces the content of `terms` by the terms of a paragraph, and that of `healed` by those of its healed
    /// reading.
    ///
    /// - Returns: whether there is a healed reading that is another one.
    mutating func paragraph(_ text: ArraySlice<UInt8>, into terms: inout TermBlock, healed: inout TermBlock) throws
        -> Bool
}
