/// Small documents of the formats that are archives.
public enum SampleDocuments {
    /// A book.
    ///
    /// - Parameters:
    ///   - chapters: the body of each, as XHTML.
    ///   - metadata: elements of the package's metadata.
    public static func epub(
        _ chapters: [String], metadata: String = "<dc:title>书名</dc:title><dc:date>2021-05-06</dc:date>",
        version: String = "3.0"
    ) -> ZipFile {
        var mimetype = ZipFile.Member("mimetype", "application/epub+zip")
        mimetype.isDeflated = false
        let numbers = chapters.indices.map { $0 + 1 }
        let items = numbers.map {
            #"<item id="c\#($0)" href="text/c\#($0).xhtml" media-type="application/xhtml+xml"/>"#
        }
        let spine = numbers.map { #"<itemref idref="c\#($0)"/>"# }
        return ZipFile(
            [
                mimetype,
                .init(
                    "META-INF/container.xml",
                    #"<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">"#
                        + #"<rootfiles><rootfile full-path="OEBPS/book.opf" "#
                        + #"media-type="application/oebps-package+xml"/></rootfiles></container>"#),
                .init(
                    "OEBPS/book.opf",
                    #"<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="\#(version)">"#
                        + #"<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">\#(metadata)</metadata>"#
                        + "<manifest>\(items.joined())</manifest><spine>\(spine.joined())</spine></package>"),
            ]
                + zip(numbers, chapters).map { number, body in
                    .init(
                        "OEBPS/text/c\(number).xhtml",
                        #"<?xml version="1.0"?>"# + "\n"
                            + #"<html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head>"#
                            + "\n<body>\n\(body)\n</body></html>")
                })
    }

    /// A document of Word's.
    ///
    /// - Parameters:
    ///   - body: elements of `w:body`.
    ///   - footnotes: elements of `w:footnotes`; nil for none.
    public static func docx(_ body: String, footnotes: String? = nil, properties: String? = nil) -> ZipFile {
        let space = #"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main""#
        let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"# + "\n"
        var members: [ZipFile.Member] = [
            .init(
                "_rels/.rels",
                head + "<Relationships>" + relation("officeDocument", "word/document.xml")
                    + relation("core-properties", "docProps/core.xml") + "</Relationships>"),
            .init("word/document.xml", head + "<w:document \(space)><w:body>\(body)</w:body></w:document>"),
            .init(
                "word/styles.xml",
                head + "<w:styles \(space)>" + style("1", "heading 1") + style("a", "Normal")
                    + #"<w:style w:type="paragraph" w:styleId="own"><w:name w:val="章"/><w:basedOn w:val="1"/></w:style>"#
                    + #"<w:style w:type="paragraph" w:styleId="o"><w:name w:val="纲"/><w:pPr><w:outlineLvl w:val="1"/>"#
                    + "</w:pPr></w:style></w:styles>"),
        ]
        if let footnotes {
            members.append(
                .init("word/footnotes.xml", head + "<w:footnotes \(space)>\(footnotes)</w:footnotes>"))
        }
        if let properties {
            members.append(
                .init(
                    "docProps/core.xml",
                    head + #"<cp:coreProperties xmlns:dc="d" xmlns:dcterms="t" xmlns:cp="c">"# + properties
                        + "</cp:coreProperties>"))
        }
        return ZipFile(members)
    }

    private static func relation(_ kind: String, _ target: String) -> String {
        #"<Relationship Id="\#(kind)" Type="http://x/relationships/\#(kind)" Target="\#(target)"/>"#
    }

    private static func style(_ id: String, _ name: String) -> String {
        #"<w:style w:type="paragraph" w:styleId="\#(id)"><w:name w:val="\#(name)"/></w:style>"#
    }

    /// A paragraph of a .docx.
    ///
    /// - Parameter style: the id of its style.
    public static func wordParagraph(_ text: String, style: String? = nil) -> String {
        let properties = style.map { #"<w:pPr><w:pStyle w:val="\#($0)"/></w:pPr>"# } ?? ""
        return "<w:p>\(properties)<w:r><w:t>\(text)</w:t></w:r></w:p>"
    }
}
