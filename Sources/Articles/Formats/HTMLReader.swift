internal import CGumbo
internal import Model

/// Given a page of HTML, gives one article: each block element is a paragraph.
///
/// The parser is gumbo, which reads any bytes as browsers do; ``BlockBuilder`` cuts paragraphs. The title is that of
/// the page, else `og:title`, else the only `h1`, else the file's name.
enum HTMLReader {
    static func article(_ bytes: [UInt8], file: FoundFile) throws(ArticlesError) -> Article {
        let start = TextCheck.byteOrderMark(bytes)
        let map = PositionMap(from: start, count: bytes.count - start)
        var builder = BlockBuilder(lines: LineNumbers(bytes))
        var metadata = HTMLMetadata()
        guard read(bytes[start...], map, into: &builder, &metadata) else { throw .markupTooComplex(file.path) }
        return article(from: &builder, metadata, file: file)
    }

    /// Puts an article together.
    static func article(from builder: inout BlockBuilder, _ metadata: HTMLMetadata, file: FoundFile) -> Article {
        builder.endParagraph()
        var article = Article(file, text: builder.text, paragraphs: builder.paragraphs)
        article.title = metadata.bestTitle
        if article.title.isEmpty, builder.mainHeadings.count == 1 {
            article.title = builder.mainHeadings[0].map { $0 == 0x0A ? 0x20 : $0 }
        }
        if article.title.isEmpty { article.title = file.stem }
        article.date = metadata.date
        return article
    }

    /// Adds the paragraphs of a page, or of a part of one.
    ///
    /// - Parameters:
    ///   - page: UTF-8.
    ///   - map: where the bytes of `page` stood in the file that the builder's lines are of.
    /// - Returns: false when the page is too complex; the builder is as it was then.
    static func read(
        _ page: ArraySlice<UInt8>, _ map: PositionMap, into builder: inout BlockBuilder,
        _ metadata: inout HTMLMetadata
    ) -> Bool {
        unsafe page.withUnsafeBufferPointer { page in
            guard let tree = unsafe HTMLTree(page) else { return false }
            var walker = unsafe Walker(page: page, map: map, metadata: metadata)
            // Swapped, not copied: what is in the builder may be much longer than the page.
            swap(&walker.builder, &builder)
            unsafe tree.walk { unsafe walker.take($0) }
            swap(&walker.builder, &builder)
            metadata = walker.metadata
            return true
        }
    }

    @safe private struct Walker {
        let page: UnsafeBufferPointer<UInt8>
        let map: PositionMap
        var builder = BlockBuilder(lines: LineNumbers([]))
        var metadata: HTMLMetadata
        private var isInTitle = false
        private var roles: [MarkupRole] = []

        init(page: UnsafeBufferPointer<UInt8>, map: PositionMap, metadata: HTMLMetadata) {
            unsafe self.page = unsafe page
            self.map = map
            self.metadata = metadata
        }

        /// Whether to go into an element that opens.
        mutating func take(_ event: HTMLTree.Event) -> Bool {
            switch unsafe event {
            case .open(let element): return open(element)
            case .close:
                builder.close(roles.removeLast())
                isInTitle = false
                return true
            case .text(let text, let place):
                if isInTitle {
                    unsafe metadata.title.append(contentsOf: text)
                    return true
                }
                let dropsTags = unsafe text.last(where: { !BlockBuilder.isSpace($0) }) != 0x3E
                let trimmed = unsafe RawTrim.trim(page, place, dropsTags: dropsTags)
                unsafe builder.append(text, source: map.raw(trimmed))
                return true
            }
        }

        private mutating func open(_ element: HTMLElement) -> Bool {
            let role = element.role
            roles.append(role)
            builder.open(role)
            switch element.tag {
            case GUMBO_TAG_TITLE:
                isInTitle = element.isHTML && metadata.title.isEmpty
                return isInTitle
            case GUMBO_TAG_META: metadata.take(name: { element.attribute($0) })
            case GUMBO_TAG_TIME: metadata.takeTime(element.attribute("datetime"))
            default: break
            }
            if role == .dropped || role == .droppedBlock { return false }
            return !element.isHidden
        }
    }
}
