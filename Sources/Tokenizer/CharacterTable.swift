internal import ICU
internal import Model

/// What analysis at one level knows of each character, learnt from ICU the first time the character is met.
///
/// Two flat tables over the Basic Multilingual Plane (192 KB, zero pages until touched) stand for calls into
/// ICU that would each cost some hundred nanoseconds; an index of Chinese text meets a few thousand distinct
/// characters and asks ICU once for each. Filling them at start would take longer than a query, and a table that
/// threads shared while it learns would need locks, so each analyzer has its own, at whatever level.
@safe final class CharacterTable {
    /// The class of a folded character.
    enum Class: UInt8 {
        /// Not looked up yet.
        case unknown = 0
        /// A Han or kana character: a unit of its own.
        case han
        /// Another letter, digit or combining mark: part of a run.
        case letter
        /// White space: joins.
        case space
        /// A middle dot between the parts of a foreign name: joins.
        case dot
        /// Anything else: a barrier.
        case mark
    }

    /// How a source character folds.
    enum Fold {
        /// To one character, whatever stands around it, unless ``joinsPrevious`` follows.
        case single(UInt16)
        /// To none, several or one outside the BMP.
        case expand
        /// It may combine with what stands before it.
        case joinsPrevious
    }

    let rule: LevelFold
    // SAFETY: an element for each code point of the plane, owned by this object, freed in `deinit`.
    // 0: not looked up yet, 1: expand, 2: joins previous, others: the single character.
    private let folds: UnsafeMutablePointer<UInt16>
    private let classes: UnsafeMutablePointer<UInt8>

    init(_ level: FoldLevel) throws(ICUError) {
        rule = try LevelFold(level)
        unsafe folds = .allocate(capacity: 1 << 16)
        unsafe classes = .allocate(capacity: 1 << 16)
        unsafe folds.initialize(repeating: 0, count: 1 << 16)
        unsafe classes.initialize(repeating: 0, count: 1 << 16)
    }

    deinit {
        unsafe folds.deallocate()
        unsafe classes.deallocate()
    }

    /// The one character that `scalar` is known to fold to whatever stands around it; nil when it has to be asked for
    /// (see ``fold(_:)``).
    @inline(__always)
    func knownSingle(_ scalar: UInt32) -> UInt16? {
        guard scalar < 0x10000 else { return nil }
        // SAFETY: a code point of the plane.
        let single = unsafe folds[Int(scalar)]
        return single > 2 ? single : nil
    }

    @inline(__always)
    func fold(_ scalar: UInt32) -> Fold {
        guard scalar < 0x10000 else { return rule.hasBoundary(before: scalar) ? .expand : .joinsPrevious }
        switch unsafe folds[Int(scalar)] {
        case 0: return learnFold(scalar)
        case 1: return .expand
        case 2: return .joinsPrevious
        case let single: return .single(single)
        }
    }

    @inline(__always)
    func characterClass(_ scalar: UInt32) -> Class {
        guard scalar < 0x10000 else { return Self.classify(scalar) }
        if let known = Class(rawValue: unsafe classes[Int(scalar)]), known != .unknown { return known }
        let found = Self.classify(scalar)
        unsafe classes[Int(scalar)] = found.rawValue
        return found
    }

    @inline(never)
    private func learnFold(_ scalar: UInt32) -> Fold {
        let fold = computeFold(scalar)
        switch fold {
        case .single(let unit): unsafe folds[Int(scalar)] = unit
        case .expand: unsafe folds[Int(scalar)] = 1
        case .joinsPrevious: unsafe folds[Int(scalar)] = 2
        }
        return fold
    }

    private func computeFold(_ scalar: UInt32) -> Fold {
        guard rule.hasBoundary(before: scalar) else { return .joinsPrevious }
        var output: [UInt16] = []
        let isFolded = (try? rule.fold([UInt16(scalar)], into: &output)) != nil
        // 0 to 2 are taken by the marks above.
        guard isFolded, output.count == 1, output[0] > 2 else { return .expand }
        return .single(output[0])
    }

    /// The class of a folded character, from its code point and Unicode's general category.
    static func classify(_ scalar: UInt32) -> Class {
        if WhiteSpace.contains(scalar) { return .space }
        switch scalar {
        case 0x3005...0x3007, 0x3041...0x309F, 0x30A1...0x30FA, 0x30FC...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
            0xF900...0xFAFF, 0x20000...0x3FFFF:
            return .han
        case 0x00B7, 0x2022, 0x2027, 0x30FB:
            return .dot
        default: break
        }
        switch CharacterProperties.category(of: scalar) {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .enclosingMark, .spacingMark, .decimalNumber, .letterNumber, .otherNumber:
            return .letter
        default:
            return .mark
        }
    }
}
