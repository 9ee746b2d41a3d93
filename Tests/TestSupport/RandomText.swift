/// Random texts out of everything that analysis treats in a way of its own, mixed far more thickly than any
/// article mixes it.
public enum RandomText {
    /// A text of up to `limit` ingredients; an ingredient is a character, or a few that belong together.
    public static func text(upTo limit: Int, using generator: inout SplitMix64) -> String {
        var text = ""
        // A few kinds at a time: with all of them at once, neighbours of one kind would be rare.
        let kinds = (0..<1 + generator.below(5)).map { _ in generator.pick(Self.kinds) }
        for _ in 0..<generator.below(limit + 1) {
            text.unicodeScalars.append(contentsOf: ingredient(of: generator.pick(kinds), using: &generator).unicodeScalars)
        }
        return text
    }

    /// What an ingredient is drawn from.
    private enum Kind: Sendable {
        case scalars(ClosedRange<UInt32>)
        case anyOf([String])
        /// Any scalar of Unicode, assigned or not.
        case any
    }

    private static func characters(_ text: String) -> Kind { .anyOf(text.unicodeScalars.map { String($0) }) }

    private static let kinds: [Kind] = [
        // Han: simplified, traditional, any, extension A, compatibility, and the planes above.
        characters("信息流产品清华大学的一是在不了有和人这中国计算机软件面条头发皇后干燥单干〇々"),
        characters("團隊體國發髮後乾幹單裏裡麵臺灣龍龜鬱麤為爲眾嶽恆兇馬"),
        .scalars(0x4E00...0x9FFF), .scalars(0x3400...0x4DBF), .scalars(0xF900...0xFAFF),
        .scalars(0x20000...0x2A6DF), .scalars(0x2F800...0x2FA1F), .scalars(0x30000...0x323AF),
        // Kana: full width with and without voiced marks, half width.
        .scalars(0x3040...0x30FF), characters("ハバパかがウヴ\u{3099}\u{309A}゛゜ーヿゟ"), .scalars(0xFF65...0xFF9F),
        // Letters, digits and what stands on them.
        characters("abcxyzABCXYZGPTo0123456789"), characters("éÀñçßŁøİıſǅÅΣςσΩЖжåẞŉǰ"),
        .anyOf(["e\u{301}", "A\u{30A}", "u\u{308}\u{301}", "ｶﾞ", "は\u{309A}", "s\u{323}\u{307}", "s\u{307}\u{323}"]),
        .scalars(0x300...0x36F), characters("\u{5B0}\u{64B}\u{93C}\u{E38}\u{345}\u{20DD}\u{1D165}\u{1D16E}"),
        characters("٠١२३²³₄⑤Ⅷⅻ〇㊀"),
        // Hangul, whole and in parts.
        .scalars(0x1100...0x11FF), .scalars(0xAC00...0xD7A3), .scalars(0x3131...0x318E),
        // Emoji, alone and joined.
        .anyOf(["😀", "👩\u{200D}💻", "🇨🇳", "1\u{FE0F}\u{20E3}", "👍🏽", "☎\u{FE0E}"]),
        // Full-width and compatibility forms.
        .scalars(0xFF00...0xFFEF), characters("㎏ﬁ㈱½①㍿㌔ﷺ…‥⁈ĳǆ㋿㍘㏠￥µﬃﬅªº"), .scalars(0x3200...0x33FF),
        // Marks and white space.
        characters(".,!?;:-_'\"()（）《》、。…—/\\&@#%+*=<>|~^`$"), characters("·•‧・"),
        characters(" \t\n\r\u{3000}\u{A0}\u{2003}\u{2028}\u{85}\u{1C}"),
        // What cannot be seen.
        characters("\u{200B}\u{200C}\u{200D}\u{2060}\u{FEFF}"),
        characters("\u{AD}\u{34F}\u{61C}\u{115F}\u{1160}\u{17B4}\u{180B}\u{180E}\u{3164}\u{FFA0}\u{FE00}\u{FFF0}"),
        characters("\u{E0001}\u{E0041}\u{E0100}\u{E01EF}\u{1D173}\u{0}\u{1}\u{7F}\u{FFFD}\u{FFFE}"),
        // Readings in brackets, and what only looks like one.
        .anyOf(["團(tuán)", "隊（duì）", "A（yù）", "(tuán)", "（ér）", "女(nǚ)", "装(zhuāng)", "(ń)", "好(hǎo)(hǎo)"]),
        .anyOf(["團(tuan)", "(TUÁN)", "((tuán))", "團((tuán))", "(tuán", "tuán)", "(tua\u{301}n)", "團(tuán tuán)"]),
        .anyOf(["團\u{200B}(tuán)", "(zhuáang)", "(nàng", "5(wǔ)", "Ⅴ(wǔ)", "é\u{301}(é)", "()", "（）", "(é）"]),
        .any,
    ]

    private static func ingredient(of kind: Kind, using generator: inout SplitMix64) -> String {
        switch kind {
        case .anyOf(let choices): return generator.pick(choices)
        case .scalars(let range): return String(scalar(in: range, using: &generator))
        case .any: return String(scalar(in: 0...0x10FFFF, using: &generator))
        }
    }

    private static func scalar(in range: ClosedRange<UInt32>, using generator: inout SplitMix64) -> Unicode.Scalar {
        while true {
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &generator)) { return scalar }
        }
    }
}
