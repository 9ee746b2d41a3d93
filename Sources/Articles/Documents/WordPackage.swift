internal import Model

/// Where the parts of a .docx are in its archive: what its relations say, else where they always are.
struct WordPackage {
    private(set) var document: [UInt8]
    private(set) var styles: [UInt8]
    private(set) var footnotes: [UInt8]
    private(set) var endnotes: [UInt8]
    private(set) var properties: [UInt8]

    init(_ archive: ZipArchive, _ path: Path) throws(ArticlesError) {
        let package = try Self.relations(of: [], in: archive, path)
        document = package["officeDocument"] ?? Array("word/document.xml".utf8)
        properties = package["core-properties"] ?? Array("docProps/core.xml".utf8)
        let directory = MemberPath.directory(of: document)
        let parts = try Self.relations(of: document, in: archive, path)
        styles = parts["styles"] ?? directory + "styles.xml".utf8
        footnotes = parts["footnotes"] ?? directory + "footnotes.xml".utf8
        endnotes = parts["endnotes"] ?? directory + "endnotes.xml".utf8
    }

    /// The members that a part, or the whole package, refers to, by the last word of what they are to it.
    private static func relations(of part: [UInt8], in archive: ZipArchive, _ path: Path) throws(ArticlesError)
        -> [String: [UInt8]]
    {
        let directory = MemberPath.directory(of: part)
        let name = directory + "_rels/".utf8 + part[directory.count...] + ".rels".utf8
        guard archive.contains(name) else { return [:] }
        let events: XMLEvents
        do throws(ZipArchive.Failure) { events = try archive.markup(name, of: path) } catch {
            throw error.error(path, name)
        }
        var found: [String: [UInt8]] = [:]
        for element in events.elements.indices where events.name(of: element).local == "relationship" {
            guard let type = events.attribute("type", of: element),
                let target = events.attribute("target", of: element),
                events.attribute("targetmode", of: element)?.elementsEqual("External".utf8) != true
            else { continue }
            let kind = String(decoding: type.split(separator: UInt8(ascii: "/")).last ?? [], as: UTF8.self)
            if found[kind] == nil { found[kind] = MemberPath.resolve(target, in: directory) }
        }
        return found
    }
}
