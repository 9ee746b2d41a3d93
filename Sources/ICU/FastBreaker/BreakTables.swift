/// What all breakers share: words, and classes of characters.
///
/// Texts are short and threads many. So the tables lie in memory of their own, and a breaker keeps a view of them that
/// counts no references: threads that all counted in one place would wait for each other.
@safe final class BreakTables: @unchecked Sendable {
    // SAFETY (unchecked Sendable): the memory does not change after `init`.

    /// Where the tables are, for as long as the object lives.
    @safe struct View {
        /// Of each character of the basic plane, its class.
        let classes: UnsafePointer<UInt8>
        /// See ``ChineseDictionary``.
        let heads: UnsafePointer<ChineseDictionary.Entry>
        let entries: UnsafePointer<ChineseDictionary.Entry>
    }

    let view: View

    init(dictionary: ChineseDictionary, classes: BreakClasses) {
        view = unsafe View(
            classes: Self.copy(classes.table), heads: Self.copy(dictionary.heads),
            entries: Self.copy(dictionary.entries))
    }

    deinit {
        unsafe view.classes.deallocate()
        unsafe view.heads.deallocate()
        unsafe view.entries.deallocate()
    }

    private static func copy<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafePointer<Element> {
        let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
        unsafe elements.withUnsafeBufferPointer { elements in
            if let base = elements.baseAddress { unsafe memory.update(from: base, count: elements.count) }
        }
        return unsafe UnsafePointer(memory)
    }
}
