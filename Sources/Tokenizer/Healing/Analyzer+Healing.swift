extension Analyzer {
    /// Analyses `text` in its healed reading, replacing the content of `analysis`: without noise.
    ///
    /// - Parameters:
    ///   - text: UTF-8, as for ``analyze(_:into:words:)``.
    ///   - plain: the analysis of the same text in its plain reading.
    ///   - words: whether to segment words too.
    /// - Returns: false, and nothing of use in `analysis`, when the text has no noise or reads the same without it.
    /// - Complexity: O(text.count); for text without noise one pass that looks at few of its bytes.
    public func heal(
        _ text: UnsafeBufferPointer<UInt8>, plain: Analysis, into analysis: inout Analysis, words: Bool = true
    ) throws(AnalysisError) -> Bool {
        var finder = unsafe NoiseFinder(text, readings: readings)
        let noise = finder.find()
        guard !noise.isEmpty else { return false }
        try unsafe read(text, without: noise, into: &analysis, words: words)
        return !analysis.hasUnits(of: plain)
    }

    /// The healed reading of `text`, or nil when it is the plain one.
    public func heal(_ text: some Collection<UInt8>, plain: Analysis, words: Bool = true) throws(AnalysisError)
        -> Analysis?
    {
        var analysis = Analysis()
        let bytes = Array(text)
        let isHealed = try unsafe bytes.withUnsafeBufferPointer { (buffer) throws(AnalysisError) in
            try unsafe heal(buffer, plain: plain, into: &analysis, words: words)
        }
        return isHealed ? analysis : nil
    }
}

extension Analysis {
    /// Whether both are the same sequence of units, wherever they stand.
    fileprivate func hasUnits(of other: Analysis) -> Bool {
        guard units.count == other.units.count else { return false }
        return zip(units, other.units).allSatisfy { own, theirs in
            guard own.kind == theirs.kind, own.scalar == theirs.scalar else { return false }
            guard own.kind == .word else { return true }
            return folded[Int(own.start)..<Int(own.end)].elementsEqual(
                other.folded[Int(theirs.start)..<Int(theirs.end)])
        }
    }
}
