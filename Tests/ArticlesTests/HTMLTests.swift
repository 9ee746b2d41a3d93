import Articles
import Model
import TestSupport
import Testing

@Suite("HTML")
struct HTMLTests {
    private func read(_ text: String, as name: String = "网页.html") throws -> (file: ReadFile, article: Article) {
        let file = try ReadFile(text, as: name)
        let article = try #require(file.articles.first)
        #expect(article.isSound(fileSize: file.bytes.count))
        return (file, article)
    }

    private func texts(_ body: String) throws -> [String] { try read(body).article.texts }

    private static let page = """
        <!DOCTYPE html>
        <html lang="zh"><head>
        <meta charset="utf-8">
        <title>河工与
            图书馆 - 县志网</title>
        <meta property="og:title" content="河工与图书馆">
        <meta name="PubDate" content="2024-03-05">
        <style>p { color: red }</style>
        <script>var 脚本 = "<p>不是段落</p>";</script>
        </head><body>
        <nav><ul><li>首页<li>频道</ul></nav>
        <h1>河工与图书馆</h1>
        <p>县图书馆的地下室里，
        有一台<b>旧印</b>刷机&nbsp;&amp; 一名管理员。
        Two words
        here.
        <p>团<ruby>隊<rp>(</rp><rt>duì</rt><rp>)</rp></ruby>在<span hidden>看不见</span><!-- 注释 -->老城<wbr>区。
        <ul>
          <li>第一项
          <li><p>第二项</p><ol><li>内项</ol>
        </ul>
        <blockquote><p>引文一。</p>引文二。</blockquote>
        <table>
          <tr><th>年份<th>河工</tr>
          <tr><td>1931<td>陈<i>大</i>河<td></tr>
        </table>
        <pre>
        let x = 1

          print(x)</pre>
        <form><p>表单里的话。</p><select><option>选项</select><button>提交</button></form>
        <div style="Display : none">隐藏</div><div aria-hidden="true">图标</div>
        尾巴
        </body></html>
        """

    @Test("each block is a paragraph with its kind, and what is not read is dropped")
    func page() throws {
        let (file, article) = try read(Self.page)
        #expect(article.titleText == "河工与图书馆 - 县志网")
        #expect(String(decoding: article.date, as: UTF8.self) == "2024-03-05")
        let expected: [(String, ParagraphKind, Int)] = [
            ("河工与图书馆", .heading, 12),
            ("县图书馆的地下室里，有一台旧印刷机\u{A0}& 一名管理员。 Two words here.", .text, 13),
            ("团隊在老城区。", .text, 17), ("第一项", .listItem, 19), ("第二项", .listItem, 20), ("内项", .listItem, 20),
            ("引文一。", .quote, 22), ("引文二。", .quote, 22), ("年份 | 河工", .table, 24), ("1931 | 陈大河", .table, 25),
            ("let x = 1\n\n  print(x)", .code, 28), ("表单里的话。", .text, 31), ("尾巴", .text, 33),
        ]
        #expect(article.texts == expected.map(\.0))
        #expect(article.paragraphs.map(\.kind) == expected.map(\.1))
        #expect(article.lines == expected.map(\.2))
        #expect(
            article.paragraphs.map { file.source($0) } == [
                "河工与图书馆", "县图书馆的地下室里，\n有一台<b>旧印</b>刷机&nbsp;&amp; 一名管理员。\nTwo words\nhere.",
                "团<ruby>隊<rp>(</rp><rt>duì</rt><rp>)</rp></ruby>在<span hidden>看不见</span><!-- 注释 -->老城<wbr>区。",
                "第一项", "第二项", "内项", "引文一。", "引文二。", "年份<th>河工", "1931<td>陈<i>大</i>河",
                "let x = 1\n\n  print(x)", "表单里的话。", "尾巴",
            ])
    }

    @Test(
        "paragraphs of a body",
        arguments: [
            // Line breaks.
            ("<p>甲<br>乙</p>", ["甲\n乙"]), ("甲<br><br>乙", ["甲", "乙"]), ("甲<br> <br />\n<br>乙", ["甲", "乙"]),
            ("<br>甲<br>", ["甲"]), ("甲<br>&nbsp;<br><br>乙", ["甲", "乙"]), ("&nbsp;<br><br>&nbsp;<br>", []),
            ("甲 <br> 乙", ["甲\n乙"]), ("甲<br>&nbsp;<br>乙", ["甲", "乙"]),
            ("甲。<br>　　乙。<br>　　丙。", ["甲。", "乙。", "丙。"]), ("甲。<br>&nbsp;&nbsp;乙。", ["甲。", "乙。"]),
            ("甲<br>&nbsp;乙", ["甲\n\u{A0}乙"]), ("甲<br><b><br></b>乙", ["甲", "乙"]),
            // White space.
            ("清华\n大学", ["清华大学"]), ("清华 大学", ["清华 大学"]), ("见\n\t 《通典》，\n卷三", ["见《通典》，卷三"]),
            ("GPT\n模型", ["GPT 模型"]), ("<b>清</b>\n<b>华</b>", ["清华"]), ("<b>a</b> <b>b</b>", ["a b"]),
            ("한국\n어", ["한국 어"]), ("　　甲　", ["甲"]), ("&nbsp;&nbsp;", []), ("甲&emsp;乙", ["甲\u{2003}乙"]),
            // References.
            ("&lt;b&gt; &#x56E2;&#38431; &zzz; A&T", ["<b> 团队 &zzz; A&T"]),
            ("&copy 2024 &#128512;", ["© 2024 😀"]), ("&#xD800;&#0;", ["\u{FFFD}\u{FFFD}"]),
            // Inline elements join, blocks part.
            ("团<span>队</span>", ["团队"]), ("团<div>队</div>伍", ["团", "队", "伍"]), ("团<hr>队", ["团", "队"]),
            ("<p>甲<p>乙<div>丙", ["甲", "乙", "丙"]), ("甲</p>乙", ["甲", "乙"]), ("<h2>题</h2>文", ["题", "文"]),
            ("<x-card>甲</x-card>乙", ["甲乙"]), ("甲<section>乙</section>", ["甲", "乙"]),
            ("<dl><dt>词<dd>释义</dl>", ["词", "释义"]),
            ("<details><summary>要点</summary>细节</details>", ["要点", "细节"]),
            ("<figure><img alt=图><figcaption>图注</figcaption></figure>", ["图注"]),
            ("<search>找</search>到", ["找", "到"]),
            // What is dropped.
            ("甲<script>乙</script>丙", ["甲丙"]), ("甲<svg><text>乙</text></svg>丙", ["甲丙"]),
            ("甲<math><mi>x</mi></math>丙", ["甲丙"]), ("甲<iframe>乙</iframe>丙", ["甲丙"]),
            ("<p>丙<noscript>甲</noscript>乙", ["丙乙"]), ("<template><p>甲</template>乙", ["乙"]),
            ("甲<nav>乙</nav>丙", ["甲", "丙"]), ("<textarea>甲</textarea>乙", ["乙"]), ("<p hidden>甲</p>乙", ["乙"]),
            ("<p hidden=until-found>甲</p>", ["甲"]), ("<p style='visibility:hidden'>甲</p>", ["甲"]),
            ("<body style='display:none'>甲", ["甲"]), ("<p style=\"color:red;\ndisplay:\tNONE\">甲</p>乙", ["乙"]),
            ("<aside>旁注</aside>", ["旁注"]), ("<ruby>漢<rt>ㄏㄢˋ</rt>字<rt>ㄗˋ</rt></ruby>", ["漢字"]),
            ("<ruby><rb>漢<rb>字<rtc><rt>hàn<rt>zì</rtc></ruby>典", ["漢字典"]),
            // Tables of data and tables for layout.
            ("<table><tr><td>甲<td>乙<tr><td>丙</table>", ["甲 | 乙", "丙"]),
            (
                "<table><caption>表</caption><thead><tr><th>甲<tbody><tr><td>乙<br>丙<td>丁</table>",
                ["表", "甲", "乙 丙 | 丁"]
            ),
            ("<table><tr><td><p>甲</p><td><p>乙</p></table>", ["甲 | 乙"]),
            ("<table><tr><td>栏<td><p>甲</p><p>乙</p></table>", ["栏", "甲", "乙"]),
            ("<table><tr><td><table><tr><td>甲<td>乙</table><td>丙</table>", ["甲 | 乙", "丙"]),
            ("<table>散<tr><td>甲</table>", ["散", "甲"]),
            // Unfinished and broken markup.
            ("甲<b", ["甲"]), ("甲<", ["甲<"]), ("甲<!-- 乙", ["甲"]), ("甲</foo>乙", ["甲乙"]), ("a < b > c", ["a < b > c"]),
            ("<pre>\n 甲\n  乙 </pre>", ["甲\n  乙"]), ("<pre>甲<br>乙</pre>", ["甲\n乙"]), ("", []),
            ("\u{FEFF}<p>甲", ["甲"]),
            ("<plaintext>甲 <b>乙", ["甲 <b>乙"]), ("</html>甲", ["甲"]), ("<frameset><frame></frameset>", []),
        ] as [(String, [String])])
    func bodies(body: String, expected: [String]) throws {
        #expect(try texts(body) == expected)
    }

    @Test(
        "the title is the page's, else og:title, else the only h1, else the file's name",
        arguments: [
            ("<title> 甲\n乙 </title><h1>丙</h1>", "甲乙"), ("<title></title><meta property=og:title content='丁'>", "丁"),
            ("<meta name=OG:Title content=''><h1>丙<br>戊</h1>", "丙 戊"), ("<h1>丙</h1><h1>丁</h1>", "网页"),
            ("<svg><title>图</title></svg><p>甲", "网页"), ("<title>a &amp; b</title>", "a & b"),
        ])
    func titles(text: String, title: String) throws {
        #expect(try read(text).article.titleText == title)
    }

    @Test(
        "the date is the most telling one",
        arguments: [
            ("<meta name=date content=2020><meta property=article:published_time content=2021>", "2021"),
            ("<meta property=article:published_time content=2021><meta name=date content=2020>", "2021"),
            ("<meta name=DC.date content=' 2019-01-02 '>", "2019-01-02"), ("<time datetime=2018>去年</time>", "2018"),
            ("<meta itemprop=datePublished content=2017><time datetime=2018>", "2017"),
            ("<meta name=author content=甲>", ""),
        ])
    func dates(text: String, date: String) throws {
        #expect(String(decoding: try read(text).article.date, as: UTF8.self) == date)
    }

    @Test(
        "the slice is the smallest, white space and tags outside the text left out",
        arguments: [
            ("<p>　&nbsp;<b> 甲 </b>&nbsp; &#12288;</p>", "甲"), ("<p><a href=x>甲</a>。</foo> </p>", "甲</a>。"),
            ("<p>x &gt;</p>", "x &gt;"), ("<td>甲&#32;</td>", "甲"), ("<p>甲<img src=a></p>", "甲"),
            ("<p>&lt;甲&gt;", "&lt;甲&gt;"),
        ])
    func slices(text: String, slice: String) throws {
        let (file, article) = try read(text)
        #expect(article.paragraphs.map { file.source($0) } == [slice])
    }

    @Test("names of the format", arguments: ["a.html", "a.HTM", "a.xhtml"])
    func names(name: String) throws {
        #expect(try read("<p>甲</p>", as: name).article.texts == ["甲"])
    }

    @Test(
        "what is made to use up time or memory is refused at once",
        arguments: [
            "<div>", "<b>", "<b i=#><p>", "<li><dd>", "<table><tr><td>", "<svg>", "<b></p>", "<i></b>", "<x#>",
            // With text between, every other node is not in its place yet when depth is measured.
            "<div>\n", "<ul>#", "<b></b><div>#",
        ])
    func hostile(pattern: String) throws {
        let parts = pattern.split(separator: "#", omittingEmptySubsequences: false)
        let text = (0..<200_000).map { parts.joined(separator: "\($0)") }.joined()
        #expect(throws: ArticlesError.self) { try ReadFile(text, as: "a.html") }
    }

    @Test("an attribute too many is refused, many of them over the page are not")
    func attributes() throws {
        let many = (0..<100_000).map { " a\($0)" }.joined()
        #expect(throws: ArticlesError.self) { try ReadFile("<p\(many)>甲", as: "a.html") }
        let spread = (0..<20_000).map { "<p a\($0) b c d>甲" }.joined()
        #expect(try texts(spread).count == 20_000)
    }

    @Test("deep but honest nesting is read")
    func depth() throws {
        let depth = 900
        #expect(
            try texts(String(repeating: "<div>", count: depth) + "底" + String(repeating: "</div>", count: depth))
                == ["底"])
    }

    @Test("a page that fails an assertion of the parser is refused, and the process goes on")
    func assertion() throws {
        #expect(throws: ArticlesError.self) {
            try ReadFile("<table><math><mtext><![CDATA[x]]>中", as: "a.html")
        }
        #expect(try texts("<p>甲") == ["甲"])
    }
}
