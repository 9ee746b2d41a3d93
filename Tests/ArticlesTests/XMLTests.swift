import Articles
import Model
import TestSupport
import Testing

@Suite("XML")
struct XMLTests {
    private func read(_ text: String, as name: String = "文档.xml", isWellFormed: Bool = true) throws -> ReadFile {
        let file = try ReadFile(text, as: name)
        for article in file.articles { #expect(article.isSound(fileSize: file.bytes.count)) }
        #expect(file.problems.isEmpty == isWellFormed, "\(file.problems)")
        for problem in file.problems { #expect(problem.isWarning) }
        for article in file.articles {
            for paragraph in article.paragraphs {
                #expect(file.line(of: paragraph.source.bytes.lowerBound) == paragraph.source.line)
            }
        }
        return file
    }

    private func ids(_ file: ReadFile) -> [String] { file.articles.map { String(decoding: $0.id, as: UTF8.self) } }

    private func dates(_ file: ReadFile) -> [String] {
        file.articles.map { String(decoding: $0.date, as: UTF8.self) }
    }

    // MARK: Feeds

    private static let rss = """
        <?xml version="1.0" encoding="gb2312"?>
        <rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
        <channel><title>河边的博客</title><link>http://example.com/</link><description>频道说明</description>
        <item>
          <title>春天的&lt;b&gt;河工&lt;/b&gt; &amp;amp; 水</title>
          <link>http://example.com/1</link>
          <guid isPermaLink="false">tag:1</guid>
          <pubDate>Tue, 05 Mar 2024 08:00:00 +0800</pubDate>
          <description>摘要</description>
          <content:encoded><![CDATA[<p>第一段，<b>河</b>工。</p>
        <p>第二&amp;段。<br><br>第三段</p>]]></content:encoded>
        </item>
        <item>
          <title>夏天</title>
          <link>http://example.com/2</link>
          <description>&lt;p&gt;团&amp;#x961F;&lt;/p&gt; &lt;ul&gt;&lt;li&gt;项目&lt;/ul&gt;</description>
        </item>
        <item><title>秋天&nbsp;&hellip;</title></item>
        <item><link>http://example.com/2</link><description>甲
        乙</description></item>
        </channel></rss>
        """

    @Test("each item of RSS is an article", arguments: ["a.xml", "a.rss", "a.rdf"])
    func rss(name: String) throws {
        let file = try read(Self.rss, as: name)
        #expect(ids(file) == ["tag:1", "http://example.com/2", "\(name)#3", "http://example.com/2#4"])
        #expect(file.articles.map(\.titleText) == ["春天的河工 & 水", "夏天", "秋天\u{A0}…", ""])
        #expect(dates(file) == ["Tue, 05 Mar 2024 08:00:00 +0800", "", "", ""])
        #expect(
            file.articles.map(\.texts) == [
                ["第一段，河工。", "第二&段。", "第三段"], ["团队", "项目"], ["秋天\u{A0}…"], ["甲", "乙"],
            ])
        #expect(
            file.articles.map { $0.paragraphs.map { file.source($0) } } == [
                ["第一段，<b>河</b>工。", "第二&amp;段。", "第三段"], ["团&amp;#x961F;", "项目"], ["秋天&nbsp;&hellip;"], ["甲", "乙"],
            ])
        #expect(file.articles.map(\.lines) == [[10, 11, 11], [16, 16], [18], [19, 20]])
        #expect(file.articles[1].paragraphs.map(\.kind) == [.text, .listItem])
    }

    @Test("Atom: text, escaped HTML, XHTML")
    func atom() throws {
        let file = try read(
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><title>博客</title><updated>2020</updated>
            <entry><id>urn:1</id><title type="text">a &lt; b</title><updated>2022</updated><published>2021</published>
            <link rel="edit" href="http://example.com/e"/><link href="http://example.com/1"/>
            <summary>摘要</summary><content type="html">&lt;h2&gt;题&lt;/h2&gt;文</content></entry>
            <entry><title>乙</title><link rel="edit" href="http://example.com/e"/>
            <link rel="alternate" href="http://example.com/2"/><content type="xhtml">
            <div xmlns="http://www.w3.org/1999/xhtml"><p>一<em>二</em></p><p style="display:none">三</p><p>四</p></div>
            </content></entry>
            <entry><id>urn:3</id><content type="text">&lt;p&gt;不是标签</content></entry>
            </feed>
            """, as: "a.atom")
        #expect(ids(file) == ["urn:1", "http://example.com/2", "urn:3"])
        #expect(file.articles.map(\.titleText) == ["a < b", "乙", ""])
        #expect(dates(file) == ["2021", "", ""])
        #expect(file.articles.map(\.texts) == [["题", "文"], ["一二", "四"], ["<p>不是标签"]])
        #expect(file.source(file.articles[1].paragraphs[0]) == "一<em>二")
        #expect(file.articles[0].paragraphs.map(\.kind) == [.heading, .text])
    }

    @Test("RSS 1.0 has its items beside the channel")
    func rdf() throws {
        let file = try read(
            """
            <rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:dc="d" xmlns:rdf="r" xmlns:media="m">
            <channel rdf:about="x"><title>频道</title><items><rdf:Seq><rdf:li rdf:resource="1"/></rdf:Seq></items></channel>
            <item rdf:about="http://example.com/1"><media:title>不是</media:title><title>甲</title><link>l</link>
            <dc:date>2005-01-02</dc:date><description>乙</description></item></rdf:RDF>
            """)
        #expect(ids(file) == ["http://example.com/1"])
        #expect(file.articles[0].titleText == "甲")
        #expect(dates(file) == ["2005-01-02"])
        #expect(file.articles[0].texts == ["乙"])
    }

    @Test("a feed without items is a document")
    func emptyFeed() throws {
        let file = try read("<rss><channel><title>甲</title><description>乙</description></channel></rss>")
        #expect(ids(file) == ["文档.xml"])
        #expect(file.articles[0].texts == ["甲", "乙"])
        #expect(file.articles[0].titleText == "甲")
    }

    // MARK: Documents

    @Test("an empty file has nothing to warn of", arguments: ["", " \n", "\u{FEFF}"])
    func emptyFile(text: String) throws {
        let file = try ReadFile(text, as: "a.xml")
        #expect(file.problems == [] && file.articles.allSatisfy(\.paragraphs.isEmpty))
    }

    @Test("other documents are one article, cut at the elements that do not stand among text")
    func document() throws {
        let file = try read(
            """
            <?xml version='1.0'?>
            <!-- 注 -->
            <article><info><title>水利
            志</title><date>1931</date></info>
            <para>河<emphasis>工</emphasis>\r
            陈大河&#x3002;</para><para><emphasis>首</emphasis>句<![CDATA[<x> & ]]>尾</para>
            <itemizedlist><listitem><para>一</para></listitem><listitem>二</listitem></itemizedlist>
            <row><entry>甲</entry><entry>乙</entry></row>
            <programlisting>
              a
               b</programlisting><?处理 指令?><empty/><note text="属性"/></article>
            """)
        let article = try #require(file.articles.first)
        #expect(file.articles.count == 1)
        #expect(article.titleText == "水利志")
        #expect(dates(file) == ["1931"])
        #expect(
            article.texts == ["水利志", "1931", "河工陈大河。", "首句<x> & 尾", "一", "二", "甲 | 乙", "a\n   b"])
        #expect(
            article.paragraphs.map(\.kind) == [.heading, .text, .text, .text, .listItem, .listItem, .table, .code])
        #expect(file.source(article.paragraphs[2]) == "河<emphasis>工</emphasis>\r\n陈大河&#x3002;")
        #expect(file.source(article.paragraphs[3]) == "首</emphasis>句<![CDATA[<x> & ]]>尾")
    }

    @Test("entities: declared, HTML's, none's")
    func entities() throws {
        let declared = "<!DOCTYPE a [<!ENTITY 名 \"河&工;\"><!ENTITY 工 \"工<i>队</i>\">]><a>甲&名;乙</a>"
        #expect(try read(declared).articles[0].texts == ["甲河工队乙"])
        let file = try read("<a>甲&mdash;乙&nbsp;&zzz;丙</a>")
        #expect(file.articles[0].texts == ["甲—乙\u{A0}&zzz;丙"])
        #expect(file.source(file.articles[0].paragraphs[0]) == "甲&mdash;乙&nbsp;&zzz;丙")
        let standalone = "<?xml version='1.0' standalone='yes'?><a>甲&mdash;乙</a>"
        #expect(try read(standalone, isWellFormed: false).articles[0].texts == ["甲—乙"])
    }

    @Test("external entities are not read")
    func externalEntities() throws {
        let text =
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\"><!ENTITY % y SYSTEM \"file:///etc/passwd\"> %y;]>"
        #expect(try read(text + "<a>甲&x;乙</a>").articles[0].texts.joined().contains("root") == false)
    }

    @Test("entities that multiply, or nest without end, cost no time")
    func bombs() throws {
        var text = "<!DOCTYPE a [<!ENTITY x0 \"哈哈哈哈哈哈哈哈哈哈\">"
        for index in 1..<12 {
            text += "<!ENTITY x\(index) \"" + String(repeating: "&x\(index - 1);", count: 10) + "\">"
        }
        let bomb = try read(text + "]><a>甲&x11;</a>", isWellFormed: false)
        #expect(bomb.articles[0].text.count < 1 << 20)
        var chain = "<!DOCTYPE a [<!ENTITY x0 \"底\">"
        for index in 1..<50_000 { chain += "<!ENTITY x\(index) \"&x\(index - 1);\">" }
        _ = try read(chain + "]><a>甲&x49999;</a>", isWellFormed: false)
        let deep = String(repeating: "<a>", count: 50_000) + "底" + String(repeating: "</a>", count: 50_000)
        #expect(try read(deep).articles[0].texts == ["底"])
    }

    @Test("XHTML is read as a page, and empty elements in it are empty", arguments: ["a.xml", "a.xhtml", "a.html"])
    func xhtml(name: String) throws {
        let file = try read(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">
            <html xmlns="http://www.w3.org/1999/xhtml"><head><title>题&amp;目</title><script src="a.js"/>
            <meta name="date" content="2020"/></head>
            <body><p>第一<b>段</b>&nbsp;</p><div class="x"/><p hidden="hidden">无</p><p>第二段</p></body></html>
            """, as: name)
        let article = file.articles[0]
        #expect(article.titleText == "题&目")
        #expect(dates(file) == ["2020"])
        #expect(article.texts == ["第一段", "第二段"])
        #expect(article.paragraphs.map { file.source($0) } == ["第一<b>段", "第二段"])
    }

    @Test("a section of CDATA belongs to a slice whole")
    func sections() throws {
        let file = try read("<a><b><![CDATA[ <甲> ]]>乙</b><c>丙</c></a>")
        #expect(file.articles[0].texts == ["<甲> 乙", "丙"])
        #expect(file.articles[0].paragraphs.map { file.source($0) } == ["<![CDATA[ <甲> ]]>乙", "丙"])
    }

    // MARK: Not well formed

    @Test(
        "what is not well formed is read as it seems to be meant, with a warning",
        arguments: [
            ("<a><p>甲 & 乙</p><p>a<b</p></a>", ["甲 & 乙", "a"]), ("<a><p>甲</a>", ["甲"]),
            ("<a><p>甲</b>乙</p></a>", ["甲乙"]),
            ("<a><p>甲\u{1}乙</p></a>", ["甲\u{1}乙"]), ("<a><p>甲</p>", ["甲"]), ("<a>甲<![CDATA[乙", ["甲乙"]),
            ("<a x=1 y=\"2>甲</a>", ["甲"]), ("<a>甲<!-- 乙</a>", ["甲<!-- 乙"]), ("<a>甲</a><b>乙</b>", ["甲", "乙"]),
            ("<a>&#xD800;&#0;&;&甲</a>", ["\u{FFFD}\u{FFFD}&;&甲"]), ("<a>1 < 2</a>", ["1 < 2"]), ("纯文字", ["纯文字"]),
            ("<html><p>甲<p>乙", ["甲", "乙"]), ("<a>甲</a x><a/", ["甲"]), ("<!DOCTYPE a [<a>甲", ["甲"]),
        ] as [(String, [String])])
    func broken(text: String, expected: [String]) throws {
        let file = try read(text, isWellFormed: false)
        #expect(file.articles.flatMap(\.texts) == expected)
    }

    @Test("the warning names the place")
    func warning() throws {
        let file = try read("<a>\n<p>甲 & 乙</p></a>", isWellFormed: false)
        guard case .notWellFormed(_, let line, let offset) = file.problems[0] else {
            Issue.record("\(file.problems)")
            return
        }
        #expect(line == 2)
        #expect(offset == 12)
    }

    @Test("a broken feed keeps its items")
    func brokenFeed() throws {
        let text = "\n" + Self.rss.replacing("第三段", with: "第三段 & ").replacing("夏天", with: "夏天 & 热")
        let file = try read(text, isWellFormed: false)
        #expect(ids(file).count == 4)
        #expect(file.articles[1].titleText == "夏天 & 热")
        #expect(file.articles[1].texts == ["团队", "项目"])
        let unclosed =
            "<rss><item><title>甲<b></title><description>乙</description></item><item><title>丙</title></item></rss>"
        let items = try read(unclosed, isWellFormed: false).articles
        #expect(items.map(\.titleText) == ["甲", "丙"])
        #expect(items.map(\.texts) == [["乙"], ["丙"]])
        let cut = try read(String(text.prefix(500)), isWellFormed: false)
        #expect(cut.articles[0].texts.first == "第一段，河工。")
    }

    @Test(
        "hostile text takes linear time",
        arguments: [
            "<!", "<!--", "<![CDATA[", "<?", "<a b=\"", "</a", "&", "&a", "<a><b></c>", "<a x='&lt;'", "&x;", "<a ",
        ])
    func hostile(pattern: String) throws {
        _ = try? ReadFile("<r>" + String(repeating: pattern, count: 60_000 / pattern.count), as: "a.xml")
    }
}
