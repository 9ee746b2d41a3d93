extension TextStyle {
    /// What a piece of text is, told by its colour.
    enum Colour: String {
        case heading = "1"
        case place = "35"
        case score = "2"
        // Colours reset first, as no two cases may have one value.
        case context = "0;2"
        case match = "1;31"
    }

    func colour(_ colour: Colour, _ text: String) -> String {
        hasColour ? "\u{1B}[\(colour.rawValue)m\(text)\u{1B}[0m" : text
    }
}
