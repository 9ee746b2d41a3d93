internal import Glibc

extension TemporaryDirectory {
    /// Makes a pipe with a name, which blocks whoever opens it as a file.
    public func makeFIFO(_ name: String) {
        precondition(unsafe mkfifo(path(of: name), 0o644) == 0, "a test's pipe could not be made")
    }

    /// The content of a file.
    public func read(_ name: String) -> [UInt8] { read(Array(name.utf8)) }

    public func read(_ name: [UInt8]) -> [UInt8] {
        guard let bytes = readFile(path(of: name)) else { preconditionFailure("a test's file could not be read") }
        return bytes
    }

    /// The names in a directory, sorted.
    public func names(in directory: String) -> [String] {
        guard let stream = unsafe opendir(path(of: directory)) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            // SAFETY: `d_name` is NUL-terminated within its 256 bytes.
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { unsafe Array($0.prefix { $0 != 0 }) }
            names.append(String(decoding: name, as: UTF8.self))
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

extension TemporaryDirectory {
    /// Gives a file or directory another name, over a file of that name; makes the directories above it.
    public func rename(_ name: String, to newName: String) {
        if let slash = newName.lastIndex(of: "/") { makeDirectory(String(newName[..<slash])) }
        precondition(unsafe Glibc.rename(path(of: name), path(of: newName)) == 0, "a test could not rename a file")
    }
}
