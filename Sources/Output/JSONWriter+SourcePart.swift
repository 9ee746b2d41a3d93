public import JSON
public import Model

extension JSONWriter {
    /// A page or chapter under its own name; nothing where there is none.
    public mutating func field(_ part: SourcePart?) {
        if let part { field(part.name, part.number) }
    }
}
