public import Model

extension Analyzer {
    /// Replaces the content of `block` by the terms of `analysis`: characters, bigrams, ICU words, other words.
    ///
    /// A position is a unit's number, barriers counted: whatever stands right after whatever in the text has the
    /// next position, and nothing else has. Numbers between units are left for no one; a second reading of the
    /// same span keeps the positions of the first.
    public static func terms(of analysis: Analysis, into block: inout TermBlock) {
        block.removeAll()
        let units = analysis.units.span
        block.length = units.count
        block.characters.append(addingCapacity: units.count) { characters in
            block.bigrams.append(addingCapacity: units.count) { bigrams in
                appendHan(units, &characters, &bigrams)
            }
        }
        for position in units.indices where units[position].kind == .word {
            let unit = units[position]
            append(analysis, unit.start, unit.end, kind: .word, position: position, to: &block)
        }
        let positionBits = TermBlock.positionBits
        for word in analysis.words {
            let position = Int(word.unit)
            if word.count == 2 {
                let first = UInt64(units[position].scalar)
                let pair = first << TermBlock.scalarBits | UInt64(units[position + 1].scalar)
                block.pairs.append(pair << positionBits | UInt64(position))
            } else {
                append(analysis, word.start, word.end, kind: .hanWord, position: position, to: &block)
            }
        }
    }

    /// Appends each Han character, and each two that follow each other.
    private static func appendHan(
        _ units: Span<Analysis.Unit>, _ characters: inout OutputSpan<UInt64>, _ bigrams: inout OutputSpan<UInt64>
    ) {
        // The character before, and 0 after anything else.
        var previous: UInt64 = 0
        for position in units.indices {
            let unit = units[position]
            guard unit.kind == .han else {
                previous = 0
                continue
            }
            let scalar = UInt64(unit.scalar)
            characters.append(scalar << TermBlock.positionBits | UInt64(position))
            if previous != 0 {
                let bigram = previous << TermBlock.scalarBits | scalar
                bigrams.append(bigram << TermBlock.positionBits | UInt64(position - 1))
            }
            previous = scalar
        }
    }

    private static func append(
        _ analysis: Analysis, _ start: Int32, _ end: Int32, kind: TermKind, position: Int, to block: inout TermBlock
    ) {
        let first = Int32(block.wordBytes.count)
        transcode(analysis.folded[Int(start)..<Int(end)], into: &block.wordBytes)
        block.words.append(
            .init(kind: kind, start: first, end: Int32(block.wordBytes.count), position: UInt32(position)))
    }

    /// Appends UTF-16 as UTF-8, bytes at once: words are many and short, and a string for each would be allocated.
    /// Unpaired surrogates cannot occur in folded text that came from UTF-8; they would become U+FFFD.
    private static func transcode(_ units: ArraySlice<UInt16>, into bytes: inout [UInt8]) {
        var index = units.startIndex
        while index < units.endIndex {
            var scalar = UInt32(units[index])
            index += 1
            if scalar < 0x80 {
                bytes.append(UInt8(truncatingIfNeeded: scalar))
                continue
            }
            if scalar & 0xF800 == 0xD800 {
                let low = index < units.endIndex ? UInt32(units[index]) : 0
                let isPair = scalar & 0xFC00 == 0xD800 && low & 0xFC00 == 0xDC00
                scalar = isPair ? 0x10000 + (scalar & 0x3FF) << 10 + (low & 0x3FF) : 0xFFFD
                if isPair { index += 1 }
            }
            if scalar < 0x800 {
                bytes.append(UInt8(truncatingIfNeeded: 0xC0 | scalar >> 6))
            } else {
                if scalar < 0x10000 {
                    bytes.append(UInt8(truncatingIfNeeded: 0xE0 | scalar >> 12))
                } else {
                    bytes.append(UInt8(truncatingIfNeeded: 0xF0 | scalar >> 18))
                    bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 12 & 0x3F))
                }
                bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar >> 6 & 0x3F))
            }
            bytes.append(UInt8(truncatingIfNeeded: 0x80 | scalar & 0x3F))
        }
    }
}
