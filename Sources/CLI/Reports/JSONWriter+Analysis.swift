internal import JSON
internal import Model
internal import Output
internal import Suoyin

extension JSONWriter {
    /// A member that holds units of a text.
    mutating func units(_ name: String, _ units: [TextAnalysis.Unit]) {
        key(name)
        array(of: units) { json, unit in
            json.object { json in
                json.field("kind", unit.kind.rawValue)
                json.field("text", unit.text)
                json.field("bytes", unit.bytes)
            }
        }
    }

    /// The member `noise`.
    mutating func noise(_ noise: [Noise]) {
        key("noise")
        array(of: noise) { json, noise in
            json.object { json in
                json.field("kind", noise.kind.rawValue)
                json.field("bytes", noise.bytes)
            }
        }
    }
}
