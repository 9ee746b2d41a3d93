import TestSupport

/// Good files of every format, to be damaged.
enum ReaderSamples {
    static let names = ["a.txt", "a.md", "a.html", "a.xml", "a.xhtml", "a.jsonl"]

    static func samples(of name: String) -> [[UInt8]] { (all[name] ?? []).map { Array($0.utf8) } }

    /// What to splice in: pieces that mean something to a reader.
    static func tokens(of name: String) -> [String] {
        switch name {
        case "a.md":
            [
                "# ", "- ", "> ", "    ", "```", "| ", "|-|-|\n", "---\n", "===\n", "\n\n", "<b>", "**", "`", "1. ",
                "\t",
                "<div>", "</div>\n", "<rt>", "</rt>", "![", "[", "](", ")", "[^1]", "[^1]: ", "~~", "\\", "&amp;",
                "&#0;",
                "<!--", "-->", "<script>", "</script>", "<table>", "<td>", "title: ", "\r",
                "| a | b |\n|---|:-:|\n| c |\n",
            ]
        case "a.jsonl":
            ["{", "}", "\"", "\\", "\\u", "\\ud83d", ":", ",", "\"id\":", "\"text\":", "null", "[", "]", "\n"]
        case "a.txt": ["\r", "\n", "\t", "\u{3000}", "\u{FEFF}", "\u{85}", "长", "-"]
        default:
            [
                "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "<b>", "</b>", "<a href='",
                "<br>",
                "<ul>", "<li>", "<pre>", "</pre>", "<blockquote>", "<svg>", "<math>", "<mtext>", "<template>",
                "</template>",
                "<select>", "<option>", "<ruby>", "<rt>", "<rp>", "<script>", "</script>", "<style>", "<title>",
                "</title>",
                "<frameset>", "<body>", "</body>", "<html>", "<head>", "<form>", "<input>", "<plaintext>",
                "<noscript>",
                "<![CDATA[", "]]>", "<!--", "-->", "<?xml version='1.0'?>", "?>", "<!DOCTYPE a [",
                "<!ENTITY x 'y'>", "]>",
                "&x;", "&amp;", "&lt;", "&#x4E2D;", "&#0;", "&nbsp;", "&", "<", ">", "/>", "\"", "'", "=",
                " hidden",
                " style='display:none'", "<item>", "</item>", "<rss>", "<channel>", "<description>",
                "</description>",
                "<entry>", "<content type='html'>", "<guid>", "<link/>", "&lt;p&gt;", "<caption>", "<col>", "<h1>",
                "</h1>",
            ]
        }
    }

    private static let page = """
        <!DOCTYPE html><html><head><title>题&amp;目</title><meta name=date content=2024></head><body>
        <h1>一 <small>级</small></h1><p>段落 <b>粗 <i>斜</b> 体</i>&nbsp;<br><br>　后段</p>
        <ul><li>甲<ol><li>乙</ol></ul><table><caption>表</caption><tr><th>丙<td>丁<tr><td><p>戊<p>己</table>
        <pre>  码\n</pre><blockquote>引<p>文</blockquote><div hidden>隐</div><ruby>漢<rt>hàn</rt></ruby>
        <form><select><option>选</select></form><svg><text>图</text></svg><nav>航</nav></body></html>
        """

    private static let all: [String: [String]] = [
        "a.txt": ["\u{FEFF}标题\r\n\r\n\u{3000}第一段，(tuán)隊。\n second line \r第三段 😀\n"],
        "a.md": [
            """
            ---
            title: "甲"
            date: 2024-01-01
            ---
            # 标题

            段落 **粗** `码` <ruby>漢<rt>hàn</rt></ruby>
            第二行 &amp; <b>

            - 项
              > 引

            > <div>
            > <p>块</p>
            > </div>

            | 甲 | 乙 |
            |----|:--:|
            | 丙 | 丁 |

            ```
            码
            ```
            [链]: /x "y"

            <table><tr><td>戊<td>己</table>
            """
        ],
        "a.html": [page],
        "a.xhtml": [
            """
            <?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>题</title></head><body>
            <p>段&nbsp;<b>落</b></p><script src="a"/><p hidden="hidden">隐</p><ul><li>项</li></ul></body></html>
            """
        ],
        "a.xml": [
            """
            <?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>频道</title><item>
            <title>甲&amp;amp;</title><guid>1</guid><pubDate>2024</pubDate><description>&lt;p&gt;文&lt;/p&gt; &lt;b&gt;粗
            </description></item><item><title>乙</title><content:encoded><![CDATA[<p>一</p><p>二&#x4E09;</p>]]></content:encoded>
            </item></channel></rss>
            """,
            """
            <feed xmlns="http://www.w3.org/2005/Atom"><entry><id>1</id><title>甲</title><link href="x"/><content type="xhtml">
            <div><p>一<em>二</em></p></div></content></entry><entry><summary>&hellip;三</summary></entry></feed>
            """,
            """
            <!DOCTYPE a [<!ENTITY 名 "值<b>&工;</b>"><!ENTITY 工 "工">]><a><title>题</title><p>甲&名;<i>乙</i></p><row>
            <cell>丙</cell><cell>丁</cell></row><![CDATA[ <x> ]]><pre>
              码</pre></a>
            """,
        ],
        "a.jsonl": [
            """
            {"id":"1","title":"甲","text":"一\\n\\u56e2\\ud842\\udfb7 二\\t","x":[1,{"a":null},-2e5]}
            {"id":2,"date":"2024","text":" 三 \\"四\\" "}

            {"text":"五","id":"3","y":true}
            """
        ],
    ]
}
