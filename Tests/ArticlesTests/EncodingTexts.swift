import Articles
import ICU
import Model
import TestSupport

/// Texts to encode.
enum EncodingTexts {
    /// Everything that an encoding may treat in a way of its own: one, two, three and four bytes a character.
    static let mixed = """
        编码的故事
        一个文件里可以有 ASCII、汉字和“标点”。GPT-4o 與團隊，3.5％。

        \u{3000}\u{3000}生僻字𠮷野家、㐂、𪚥、龘，表情😀👍🏽，组合 e\u{301}，朝鲜文 한글，日文かな。
        last line without end
        """

    /// The sample articles of the project, by path.
    static let corpus: [(path: String, text: String)] = {
        var walker = DirectoryWalker()
        try? walker.walk(Path(projectRoot + "/Corpus"))
        return walker.files.compactMap { file in
            guard let bytes = readFile(file.path.bytes) else { return nil }
            return String(validating: bytes, as: UTF8.self).map { (file.path.lossyString, $0) }
        }
    }()

    /// The same in Traditional characters.
    static let traditional: [String] = {
        guard let toTraditional = try? Transliterator("Simplified-Traditional") else { return [] }
        return corpus.compactMap { try? toTraditional($0.text) }
    }()

    /// Sentences of a text, end marks and all.
    static func sentences(_ text: String) -> [String] {
        var sentences = [""]
        for character in text {
            if character.isNewline { continue }
            sentences[sentences.count - 1].append(character)
            if "。！？".contains(character) { sentences.append("") }
        }
        return sentences.filter {
            $0.count >= 6 && $0.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
        }
    }
}
