internal import Model

/// Given a .docx, gives one article: its paragraphs and rows of tables, then its footnotes and endnotes.
///
/// A paragraph's bytes are those of its text in the unpacked document part, as if the parts of footnotes and endnotes
/// followed right behind it; its line is its number among the paragraphs (`w:p`) of these, since XML of this kind has no
/// lines to speak of. The title is that of the properties, else the first heading, else the file's name.
enum WordReader {
    /// - Parameter problems: takes parts that cannot be read; the text alone has to be.
    static func article(_ archive: ZipArchive, file: FoundFile, problems: inout [ArticlesError])
        throws(ArticlesError)
        -> Article
    {
        let package = try WordPackage(archive, file.path)
        guard archive.contains(package.document) else { throw .badArchive(file.path, .noDocument) }
        let styles = try markup(package.styles, archive, file, &problems).map { WordStyles($0) }
        var article = Article(file)
        var offset = 0
        var lines = 0
        for member in [package.document, package.footnotes, package.endnotes] where archive.contains(member) {
            do throws(ZipArchive.MemberFailure) {
                let (blocks, count, size) = try part(member, archive, styles, file)
                article.append(blocks, offset: offset, lines: lines)
                offset += size
                lines += count
            } catch {
                switch error {
                case .archive(let error): throw error
                case .member(let problem) where member == package.document:
                    throw .badMember(file.path, member: member, problem)
                case .member(let problem): problems.append(.partLeftOut(file.path, member: member, problem))
                }
            }
        }
        let properties = try markup(package.properties, archive, file, &problems)
        article.title = properties.map { text(of: ["title"], $0) } ?? []
        article.date = properties.map { text(of: ["created", "modified"], $0) } ?? []
        if article.title.isEmpty { article.title = article.firstHeading }
        if article.title.isEmpty { article.title = file.stem }
        return article
    }

    /// The paragraphs of a part, how many it has with empty ones, and its size in bytes.
    private static func part(_ member: [UInt8], _ archive: ZipArchive, _ styles: WordStyles?, _ file: FoundFile)
        throws(ZipArchive.MemberFailure) -> (Article, Int, Int)
    {
        let text = try archive.text(member, of: file.path, isStrict: true)
        var sink = WordText(text.bytes, styles)
        if let failure = ExpatParser.parse(text.bytes, from: TextCheck.documentStart(text.bytes), into: &sink) {
            let place = text.map.file(failure)
            throw .member(.notWellFormed(line: LineNumbers(text.bytes).line(of: failure), offset: place))
        }
        var (blocks, count) = sink.finish()
        blocks.mapSources(text.map)
        return (blocks, count, text.map.file(text.bytes.count))
    }

    /// A part that the text can do without; nil when it is missing or cannot be read.
    private static func markup(
        _ member: [UInt8], _ archive: ZipArchive, _ file: FoundFile, _ problems: inout [ArticlesError]
    ) throws(ArticlesError) -> XMLEvents? {
        guard archive.contains(member) else { return nil }
        do throws(ZipArchive.Failure) {
            return try archive.markup(member, of: file.path)
        } catch {
            guard let problem = error.problem else { throw error.error(file.path, member) }
            problems.append(.partLeftOut(file.path, member: member, problem))
            return nil
        }
    }

    /// The text of the first element, by the order of the names, that has any.
    private static func text(of names: [String], _ events: XMLEvents) -> [UInt8] {
        for name in names {
            for (number, element) in events.elements.enumerated()
            where element.hasText && events.name(of: number).local == name {
                return HTMLMetadata.collapsed(events.joinedText(element.content).bytes)
            }
        }
        return []
    }
}
