internal import Model

/// Given an EPUB, gives one article: the blocks of its chapters, in the order of the spine.
///
/// A paragraph's place is its chapter, and bytes and line in that chapter's file as it is when unpacked. The title is the
/// package's, else the first heading, else the file's name.
enum EPUBReader {
    /// - Parameter problems: takes chapters that cannot be read, and warnings.
    /// - Throws: when the book cannot be read, or none of its chapters.
    static func article(
        _ archive: ZipArchive, file: FoundFile, _ options: DecodingOptions, problems: inout [ArticlesError]
    ) throws(ArticlesError) -> Article {
        let package = try EPUBPackage(archive, file.path)
        var article = Article(file)
        var failures: [([UInt8], ArticlesError.MemberProblem)] = []
        for chapter in package.chapters {
            do throws(ZipArchive.MemberFailure) {
                let text = try archive.text(chapter.member, of: file.path, isStrict: options.isStrict)
                if let places = text.undecodable {
                    problems.append(.replacedInMember(file.path, member: chapter.member, places))
                }
                guard var blocks = blocks(text.bytes) else { throw .member(.tooComplex) }
                blocks.mapSources(text.map)
                article.append(blocks, part: .chapter(chapter.number))
            } catch {
                switch error {
                case .archive(let error): throw error
                case .member(.undecodable(let places)) where options.isStrict:
                    throw .badMember(file.path, member: chapter.member, .undecodable(places))
                case .member(let problem): failures.append((chapter.member, problem))
                }
            }
        }
        if let first = failures.first, failures.count == package.chapters.count {
            throw .badMember(file.path, member: first.0, first.1)
        }
        problems += failures.map { .partLeftOut(file.path, member: $0.0, $0.1) }
        article.title = package.title
        if article.title.isEmpty { article.title = article.firstHeading }
        if article.title.isEmpty { article.title = file.stem }
        article.date = package.date
        return article
    }

    /// The blocks of a chapter: by its elements where it is well formed, else as a page of HTML; nil when it is too complex.
    private static func blocks(_ bytes: [UInt8]) -> Article? {
        var builder = BlockBuilder(lines: LineNumbers(bytes))
        let start = TextCheck.documentStart(bytes)
        if let events = ExpatParser.parse(bytes, from: start).events, XMLReader.rootName(events) == "html" {
            var blocks = XMLBlocks(events, .html)
            blocks.add(events.list.indices, of: bytes, to: &builder)
        } else {
            var metadata = HTMLMetadata()
            let map = PositionMap(from: start, count: bytes.count - start)
            guard HTMLReader.read(bytes[start...], map, into: &builder, &metadata) else { return nil }
        }
        builder.endParagraph()
        return Article(id: [], text: builder.text, paragraphs: builder.paragraphs)
    }
}
