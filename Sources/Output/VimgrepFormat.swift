internal import Model

/// Hits as an editor's list of places: `path:line:column:text`, a line a hit. Lines count from 1, columns in bytes from 1.
enum VimgrepFormat {
    static func bytes(_ hits: [(hit: Hit, place: (line: Int, column: Int))]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (hit, place) in hits {
            bytes.append(contentsOf: PrintableText.oneLine(hit.path.bytes))
            bytes.append(contentsOf: ":\(place.line):\(place.column):".utf8)
            bytes.append(contentsOf: PrintableText.oneLine(Array(hit.shownText.utf8)))
            bytes.append(0x0A)
        }
        return bytes
    }
}
