internal import ICU
internal import Model

/// What one level makes of characters: by the book, and too slow to ask for each character of a text (see
/// ``CharacterTable``).
struct LevelFold {
    let level: FoldLevel
    /// None at ``FoldLevel/none``, which normalises nothing.
    private let normalizer: Normalizer?

    init(_ level: FoldLevel) throws(ICUError) {
        self.level = level
        switch level {
        case .none: normalizer = nil
        case .width: normalizer = try Normalizer(.nfkc)
        case .icu, .full: normalizer = try Normalizer(.nfkcCasefold)
        }
    }

    /// Whether text can be cut right before `scalar` and both halves folded on their own.
    ///
    /// A character that is left out is never cut off from what stands before it: what comes after it may combine.
    func hasBoundary(before scalar: UInt32) -> Bool {
        switch level {
        case .none: !CharacterProperties.isIgnorable(scalar)
        case .width: !CharacterProperties.isIgnorable(scalar) && isBoundary(scalar)
        case .icu, .full: isBoundary(scalar)
        }
    }

    private func isBoundary(_ scalar: UInt32) -> Bool { normalizer?.hasBoundary(before: scalar) ?? true }

    /// Replaces the content of `output` by what `text` folds to, both UTF-16: characters that Unicode ignores left
    /// out, the normal form of the level, then its variants. O(text.count).
    func fold(_ text: [UInt16], into output: inout [UInt16]) throws(ICUError) {
        var text = text
        // The other levels' normal form leaves them out by itself.
        if level <= .width { Self.removeIgnorable(from: &text) }
        if let normalizer {
            try unsafe text.withUnsafeBufferPointer { (units) throws(ICUError) in
                try unsafe normalizer.normalize(units, into: &output)
            }
        } else {
            output = text
        }
        guard level >= .icu else { return }
        for index in output.indices {
            // The tables' characters are all in the BMP, and surrogates are not among them.
            output[index] = UInt16(truncatingIfNeeded: VariantTable.fold(UInt32(output[index]), at: level))
        }
    }

    private static func removeIgnorable(from text: inout [UInt16]) {
        var kept = 0
        var index = 0
        while index < text.count {
            let (scalar, length) = unsafe text.withUnsafeBufferPointer { unsafe Analyzer.scalar($0, at: index) }
            if !CharacterProperties.isIgnorable(scalar) {
                for offset in 0..<length { text[kept + offset] = text[index + offset] }
                kept += length
            }
            index += length
        }
        text.removeSubrange(kept...)
    }
}
