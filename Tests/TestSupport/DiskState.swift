/// What a disk holds of a directory: what a power cut cannot touch, and what it may undo.
///
/// Files are numbered, as a file system numbers them, so that a file keeps its content when its name changes.
struct DiskState: Sendable {
    private struct File {
        var content: [UInt8]
        /// Content at the last sync.
        var synced: [UInt8]
    }

    /// A change of the directory: what a name stands for from then on; nil when it is gone.
    private struct Change {
        var name: String
        var file: Int?
    }

    private var files: [File] = []
    private var synced: [String: Int] = [:]
    /// Each an operation since the last sync of the directory; a rename takes one name away and gives another.
    private var pending: [[Change]] = []

    init(_ content: [String: [UInt8]]) {
        for (name, bytes) in content {
            synced[name] = files.count
            files.append(File(content: bytes, synced: bytes))
        }
    }

    private var current: [String: Int] { Self.applying(pending, to: synced) }

    private static func applying(_ operations: [[Change]], to names: [String: Int]) -> [String: Int] {
        var names = names
        for change in operations.joined() { names[change.name] = change.file }
        return names
    }

    /// Gives the number of the new file. A file of that name is emptied, and stays the same file.
    mutating func create(_ name: String) -> Int {
        if let number = current[name] {
            files[number].content = []
            return number
        }
        files.append(File(content: [], synced: []))
        pending.append([Change(name: name, file: files.count - 1)])
        return files.count - 1
    }

    mutating func append(_ bytes: [UInt8], to number: Int) { files[number].content += bytes }

    mutating func sync(_ number: Int) { files[number].synced = files[number].content }

    mutating func rename(_ name: String, to newName: String) {
        pending.append([Change(name: name, file: nil), Change(name: newName, file: current[name])])
    }

    mutating func remove(_ name: String) { pending.append([Change(name: name, file: nil)]) }

    mutating func syncDirectory() {
        synced = current
        pending = []
    }

    /// The files that are left after a power cut.
    func survivors(using generator: inout SplitMix64) -> [String: [UInt8]] {
        let kept: [[Change]]
        switch generator.below(4) {
        case 0: kept = []
        case 1: kept = pending
        case 2: kept = Array(pending.prefix(generator.below(pending.count + 1)))
        default: kept = pending.filter { _ in generator.once(in: 2) }
        }
        var survivors: [String: [UInt8]] = [:]
        // In a fixed order, so that a seed gives the same files again.
        for (name, number) in Self.applying(kept, to: synced).sorted(by: { $0.key < $1.key }) {
            survivors[name] = Self.content(of: files[number], using: &generator)
        }
        return survivors
    }

    /// What is left of a file: what was synced, and of the rest all, some, none, or something else.
    private static func content(of file: File, using generator: inout SplitMix64) -> [UInt8] {
        guard file.content != file.synced else { return file.synced }
        return content(of: file, generator.pick(Loss.allCases), at: Double.random(in: 0...1, using: &generator)) {
            generator.bytes($0)
        }
    }

    /// What may become of content that was not synced.
    private enum Loss: CaseIterable {
        case none, all, tail, zeroed, garbled
    }

    /// - Parameter place: where the tail begins, as a part of the length.
    private static func content(
        of file: File, _ loss: Loss, at place: Double, garbage: (Int) -> [UInt8]
    ) -> [UInt8] {
        let start = file.content.starts(with: file.synced) ? file.synced.count : 0
        let rest = file.content.count - start
        switch loss {
        case .none: return file.content
        case .all: return file.synced
        case .tail: return Array(file.content.prefix(Int(Double(file.content.count) * place)))
        case .zeroed: return file.content[..<start] + [UInt8](repeating: 0, count: rest)
        case .garbled: return file.content[..<start] + garbage(rest)
        }
    }

    /// All that may be left after a power cut: any of the changes of the directory that were not synced, without the
    /// others, and each fate for the content of files. All files have the same fate; of more than six changes only the
    /// first ones, all but one, and one alone are kept, with each fate in turn.
    func allSurvivors() -> [[String: [UInt8]]] {
        let subsets: [[[Change]]]
        if pending.count <= 6 {
            subsets = (0..<1 << pending.count).map { mask in
                pending.indices.filter { mask >> $0 & 1 == 1 }.map { pending[$0] }
            }
        } else {
            subsets =
                (0...pending.count).map { Array(pending.prefix($0)) } + pending.map { [$0] }
                + pending.indices.map { index in pending.indices.filter { $0 != index }.map { pending[$0] } }
        }
        let all = subsets.enumerated().flatMap { number, kept -> [[String: [UInt8]]] in
            let names = Self.applying(kept, to: synced)
            let isSynced = names.values.allSatisfy { files[$0].content == files[$0].synced }
            let turn = [Loss.allCases[number % Loss.allCases.count]]
            return (isSynced ? [.none] : pending.count <= 6 ? Loss.allCases : turn).map { loss in
                names.mapValues { number in
                    let file = files[number]
                    guard file.content != file.synced else { return file.synced }
                    return Self.content(of: file, loss, at: 0.5) { [UInt8](repeating: 0xA5, count: $0) }
                }
            }
        }
        return Array(Set(all))
    }
}
