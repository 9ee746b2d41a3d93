/// The characters that HTML's names stand for, which feeds use without declaring them.
struct HTMLEntities {
    private var known: [[UInt8]: [UInt8]] = [:]

    /// What `&name;` stands for; itself when HTML has no such name.
    mutating func text(of name: [UInt8]) -> [UInt8] {
        if let text = known[name] { return text }
        let reference = [0x26] + name + [0x3B]
        var text = reference
        // gumbo knows the names. The paragraph keeps it from dropping white space.
        if name.allSatisfy({ (0x30...0x39).contains($0) || (0x41...0x5A).contains($0 & 0xDF) }) {
            let page = Array("<p>".utf8) + reference
            unsafe page.withUnsafeBufferPointer { page in
                guard let tree = unsafe HTMLTree(page) else { return }
                unsafe tree.walk { event in
                    if case .text(let bytes, _) = unsafe event { text = unsafe Array(bytes) }
                    return true
                }
            }
        }
        if known.count < 4096 { known[name] = text }
        return text
    }
}
