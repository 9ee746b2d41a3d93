internal import CGumbo
internal import Glibc
internal import Model

/// A page parsed by gumbo, as browsers parse it: any bytes give a tree.
@safe final class HTMLTree {
    /// Elements that may be open at a time. Browsers stop at 512.
    static let depthLimit = 1000
    /// Attributes that a tag may have.
    static let attributeLimit = 1000

    @unsafe enum Event {
        case open(HTMLElement)
        case close(HTMLElement)
        /// Decoded text, and where it stood in the page.
        case text(UnsafeBufferPointer<UInt8>, at: Range<Int>)
    }

    private let tree: OpaquePointer
    private let count: Int

    /// - Parameter page: UTF-8.
    /// - Returns: nil when the page passes a bound.
    init?(_ page: UnsafeBufferPointer<UInt8>) {
        let count = page.count
        let parsed = unsafe page.withMemoryRebound(to: CChar.self) { bytes in
            unsafe suoyin_gumbo_parse(bytes.baseAddress, count, Self.depthLimit, Self.attributeLimit)
        }
        guard let parsed = unsafe parsed else { return nil }
        unsafe tree = parsed
        self.count = count
    }

    deinit { unsafe suoyin_gumbo_free(tree) }

    /// Bytes of memory that the tree takes.
    var memory: Int { unsafe suoyin_gumbo_memory(tree) }

    /// Calls `body` for every element, on opening and closing it, and for every text, in order; without recursion.
    ///
    /// - Parameter body: says of an element that opens whether to go into it. One that is not gone into is closed at
    ///   once all the same.
    func walk(_ body: (Event) -> Bool) {
        guard let document = unsafe suoyin_gumbo_document(tree) else { return }
        // SAFETY: gumbo keeps the children of documents and elements in arrays of pointers to nodes; all of it lives
        // until `deinit`.
        var stack = unsafe [Frame(element: nil, children: document.pointee.v.document.children)]
        while let top = stack.indices.last {
            guard let node = unsafe stack[top].nextChild() else {
                if let element = stack.removeLast().element { unsafe _ = body(.close(element)) }
                continue
            }
            switch unsafe node.pointee.type {
            case GUMBO_NODE_ELEMENT, GUMBO_NODE_TEMPLATE:
                let element = unsafe HTMLElement(node)
                if unsafe body(.open(element)) {
                    unsafe stack.append(Frame(element: element, children: node.pointee.v.element.children))
                } else {
                    _ = unsafe body(.close(element))
                }
            case GUMBO_NODE_TEXT, GUMBO_NODE_WHITESPACE, GUMBO_NODE_CDATA:
                let text = unsafe node.pointee.v.text
                guard let decoded = unsafe text.text else { continue }
                let bytes = unsafe UnsafeBufferPointer(
                    start: UnsafeRawPointer(decoded).assumingMemoryBound(to: UInt8.self),
                    count: strlen(decoded))
                _ = unsafe body(.text(bytes, at: place(of: text.original_text)))
            default: continue
            }
        }
    }

    /// A node whose children are being walked.
    @safe private struct Frame {
        var element: HTMLElement?
        private let children: GumboVector
        private var next = 0

        init(element: HTMLElement?, children: GumboVector) {
            self.element = element
            unsafe self.children = unsafe children
        }

        mutating func nextChild() -> UnsafePointer<GumboNode>? {
            guard unsafe next < Int(children.length) else { return nil }
            defer { next += 1 }
            return unsafe UnsafePointer(children.data[next]?.assumingMemoryBound(to: GumboNode.self))
        }
    }

    /// The place in the page of a piece of it; empty for what the parser made up.
    private func place(of piece: GumboStringPiece) -> Range<Int> {
        guard let data = unsafe piece.data, let page = unsafe suoyin_gumbo_page(tree) else { return 0..<0 }
        let start = unsafe data - page
        guard start >= 0, start <= count else { return 0..<0 }
        return unsafe start..<start + Int(min(UInt(count - start), UInt(piece.length)))
    }
}

/// An element of an ``HTMLTree``; not to be kept longer than it.
@safe struct HTMLElement {
    private let node: UnsafePointer<GumboNode>

    fileprivate init(_ node: UnsafePointer<GumboNode>) { unsafe self.node = unsafe node }

    /// What each of HTML's elements means, by gumbo's number for it.
    private static let roles: [MarkupRole] = (0..<GUMBO_TAG_UNKNOWN.rawValue).map { number in
        guard let name = unsafe gumbo_normalized_tagname(GumboTag(rawValue: number)) else { return .inline }
        return unsafe MarkupRole.ofHTML(String(cString: name))
    }

    var tag: GumboTag { unsafe node.pointee.v.element.tag }

    var isHTML: Bool { unsafe node.pointee.v.element.tag_namespace == GUMBO_NAMESPACE_HTML }

    var role: MarkupRole {
        if tag.rawValue < GUMBO_TAG_UNKNOWN.rawValue { return Self.roles[Int(tag.rawValue)] }
        var piece = unsafe node.pointee.v.element.original_tag
        guard unsafe piece.data != nil, unsafe piece.length > 2 else { return .inline }
        unsafe gumbo_tag_from_original_text(&piece)
        guard let data = unsafe piece.data else { return .inline }
        // A longer name is none that is known.
        let bytes = unsafe UnsafeRawBufferPointer(start: data, count: min(Int(piece.length), 16))
        return unsafe MarkupRole.ofHTML(String(decoding: bytes, as: UTF8.self).lowercased())
    }

    /// The value of an attribute, references decoded; nil when it is not there.
    func attribute(_ name: StaticString) -> [UInt8]? {
        unsafe withUnsafePointer(to: node.pointee.v.element.attributes) { attributes in
            guard unsafe attributes.pointee.length > 0,
                let found = unsafe gumbo_get_attribute(
                    attributes, UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self)),
                let value = unsafe found.pointee.value
            else { return nil }
            return unsafe Array(UnsafeRawBufferPointer(start: value, count: strlen(value)))
        }
    }

    /// Whether the page says that it is not to be shown. A whole page is never taken to be hidden.
    var isHidden: Bool {
        guard unsafe node.pointee.v.element.attributes.length > 0, tag != GUMBO_TAG_HTML, tag != GUMBO_TAG_BODY
        else { return false }
        return MarkupRole.isHidden { attribute($0) }
    }
}
