internal import JSON
internal import Model
internal import Output
internal import Suoyin

/// What an inspection found, a line of JSON a file and one for the sum.
enum InspectionJSON {
    static func bytes(_ file: FileInspection) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "file")
            json.field("path", bytes: file.path.bytes)
            if let encoding = file.encoding {
                json.key("encoding")
                json.object { json in
                    json.field("name", encoding.name)
                    json.field("confidence", encoding.confidence)
                    json.field("origin", encoding.origin)
                    json.field("replaced_bytes", file.replacedBytes)
                }
            }
            json.field("articles", file.articles)
            json.field("paragraphs", file.paragraphs)
            json.field("healed_paragraphs", file.healedParagraphs)
            json.field("text_bytes", file.textBytes)
            write(file.counts, to: &json)
            json.key("findings")
            json.array(of: file.findings) { json, finding in
                json.object { json in
                    json.field("kind", finding.kind.name)
                    json.field("line", finding.line)
                    json.field(finding.part)
                    json.field("paragraph", finding.paragraph)
                    json.field("text", finding.text)
                }
            }
            json.key("problems")
            json.array(of: file.problems) { json, problem in json.string("\(problem)") }
        }
        json.endLine()
        return json.bytes
    }

    /// Says that a file, or a directory with all below it, is left out.
    static func bytes(leftOut path: Path, by exclusion: Exclusion) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "left_out")
            json.field("path", bytes: path.bytes)
            json.field("by", exclusion.describe(relativeTo: Path.workingDirectory()))
        }
        json.endLine()
        return json.bytes
    }

    static func bytes(_ sum: InspectionSum) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("type", "sum")
            json.field("files", sum.files)
            json.field("articles", sum.articles)
            json.field("paragraphs", sum.paragraphs)
            json.field("healed_paragraphs", sum.healedParagraphs)
            json.field("text_bytes", sum.textBytes)
            write(sum.counts, to: &json)
            json.field("left_out", sum.leftOut)
        }
        json.endLine()
        return json.bytes
    }

    private static func write(_ counts: [FileInspection.Kind: Int], to json: inout JSONWriter) {
        json.key("counts")
        json.object { json in
            for (kind, count) in counts.sorted(by: { $0.key < $1.key }) { json.field(kind.name, count) }
        }
    }
}
