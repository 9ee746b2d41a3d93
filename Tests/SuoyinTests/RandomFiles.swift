import TestSupport

/// A directory of files of every format that random edits go over, as people and programs make them.
struct RandomFiles {
    private enum Format: String, CaseIterable {
        case txt, md, html, rss, jsonl
    }

    private struct File {
        var format: Format
        var encoding = FileEncoding.utf8
        /// Paragraphs, items of a feed, or lines of JSON.
        var parts: [String]
    }

    private let directory: TemporaryDirectory
    private let root: String
    private var files: [String: File] = [:]
    private var generator: SplitMix64
    private var numbers = 0
    /// What has been done, for messages.
    private(set) var log: [String] = []

    /// - Parameter root: the directory's name in `directory`.
    init(_ directory: TemporaryDirectory, _ root: String, _ generator: SplitMix64) {
        self.directory = directory
        self.root = root
        self.generator = generator
    }

    private static let words = [
        "清华大学", "團(tuán)隊", "信息流产品", "体育", "圖書館", "Ki mi", "GPT-4o", "的", "是", "北京", "競業協議", "人工智能", "，", "。", "𠮷",
    ]

    /// What every text has something of.
    static let everyWord = words.joined(separator: " ") + " 题"

    // MARK: Texts

    private mutating func number() -> Int {
        numbers += 1
        return numbers
    }

    private mutating func sentence() -> String {
        (0..<1 + generator.below(generator.once(in: 6) ? 40 : 8)).map { _ in generator.pick(Self.words) }.joined()
    }

    private mutating func part(_ format: Format) -> String {
        switch format {
        case .txt: return sentence()
        case .md: return generator.once(in: 3) ? "# 题" + sentence() : sentence()
        case .html:
            return generator.once(in: 4) ? "<title>题\(number())</title>" : "<p>\(sentence())<p>\(sentence())"
        case .rss:
            let id = generator.once(in: 2) ? "<guid>g\(number())</guid>" : ""
            return "<item>\(id)<title>题\(sentence())</title><description>\(sentence())</description></item>"
        case .jsonl:
            switch generator.below(12) {
            case 0: return generator.pick(["{", "[]", #"{"id":"x"}"#, "", #"{"id":"\#(number())","text":""}"#])
            // Now and then an id that another line has, of this file or of another one.
            case 1: return #"{"id":"n\#(1 + generator.below(max(1, numbers)))","text":"\#(sentence())"}"#
            default:
                let lines = (0..<1 + generator.below(3)).map { _ in sentence() }.joined(separator: "\\n")
                return #"{"id":"n\#(number())","title":"题\#(sentence())","text":"\#(lines)"}"#
            }
        }
    }

    private func bytes(_ file: File) -> [UInt8] {
        let text: String
        switch file.format {
        case .txt, .jsonl: text = file.parts.joined(separator: "\n")
        case .md: text = file.parts.joined(separator: "\n\n")
        case .html: text = "<html><body>\(file.parts.joined())</body></html>"
        case .rss: text = "<rss><channel>\(file.parts.joined(separator: "\n"))</channel></rss>"
        }
        return file.encoding.encode(text) ?? Array(text.utf8)
    }

    // MARK: Edits

    private mutating func write(_ name: String, _ file: File, how: String) {
        log.append("\(how) \(name)")
        files[name] = file
        if generator.once(in: 3) {
            directory.write(bytes(file), to: root + "/.saving")
            directory.rename(root + "/.saving", to: root + "/" + name)
        } else {
            directory.write(bytes(file), to: root + "/" + name)
        }
    }

    private mutating func freshName(_ format: Format) -> String {
        "\(generator.pick(["", "甲/", "乙/", "甲/丙/"]))\(generator.pick(["文", "f"]))\(number()).\(format.rawValue)"
    }

    private mutating func anyName() -> String? { files.isEmpty ? nil : generator.pick(files.keys.sorted()) }

    mutating func create() {
        let format = generator.pick(Format.allCases)
        let parts = (0..<generator.below(8)).map { _ in part(format) }
        write(freshName(format), File(format: format, parts: parts), how: "create")
    }

    /// Changes one thing somewhere.
    mutating func edit() {
        guard let name = anyName(), var file = files[name] else { return create() }
        switch generator.below(14) {
        case 0, 1: create()
        case 2, 3:
            file.parts.append(part(file.format))
            write(name, file, how: "append to")
        case 4:
            file.parts.insert(part(file.format), at: generator.below(file.parts.count + 1))
            write(name, file, how: "insert into")
        case 5 where !file.parts.isEmpty:
            file.parts.remove(at: generator.below(file.parts.count))
            write(name, file, how: "delete from")
        case 6 where !file.parts.isEmpty:
            file.parts[generator.below(file.parts.count)] = part(file.format)
            write(name, file, how: "replace in")
        case 7:
            file.parts.shuffle(using: &generator)
            write(name, file, how: "reorder")
        case 8:
            file.encoding = generator.pick([.utf8, .utf8Mark, .gb18030, .utf16LEMark, .utf16BEMark, .big5HKSCS])
            write(name, file, how: "encode as \(file.encoding.rawValue)")
        case 9:
            files[name] = nil
            log.append("remove \(name)")
            directory.remove(root + "/" + name)
        case 10, 11:
            rename(name, to: freshName(generator.once(in: 5) ? generator.pick(Format.allCases) : file.format))
        case 12: renameDirectory()
        default: write(name, file, how: "touch")
        }
    }

    private mutating func rename(_ name: String, to newName: String) {
        guard var file = files.removeValue(forKey: name) else { return }
        log.append("rename \(name) \(newName)")
        // The bytes stay what they were, and mean something else where the format is another.
        directory.rename(root + "/" + name, to: root + "/" + newName)
        let format = Format(rawValue: String(newName.split(separator: ".").last!))!
        if format != file.format { file = File(format: format, encoding: file.encoding, parts: file.parts) }
        files[newName] = file
        if generator.once(in: 3) {
            file.parts.append(part(file.format))
            write(newName, file, how: "append to")
        }
    }

    private mutating func renameDirectory() {
        let directories = Set(files.keys.filter { $0.contains("/") }.map { $0.split(separator: "/")[0] }).sorted()
        guard !directories.isEmpty else { return }
        let (old, new) = (generator.pick(directories), "丁\(number())")
        log.append("rename \(old)/ \(new)/")
        directory.rename(root + "/" + old, to: root + "/" + new)
        for (name, file) in files where name.hasPrefix(old + "/") {
            files[name] = nil
            files[new + name.dropFirst(old.count)] = file
        }
    }
}
