internal import Glibc

extension UnsafeMutablePointer {
    /// Memory for `capacity` values, to be given back with ``freePlain()``: straight from the C library.
    ///
    /// `allocate(capacity:)` asks for memory of an alignment, which glibc takes many times as long to give, and longer to take
    /// back. What a query needs of it is small, and often.
    ///
    /// - Precondition: the values need no alignment beyond 16 bytes.
    public static func plain(capacity: Int) -> UnsafeMutablePointer {
        precondition(capacity >= 0 && MemoryLayout<Pointee>.alignment <= 16)
        // Where there is none, `allocate(capacity:)` ends the process, too.
        guard let memory = unsafe malloc(max(1, capacity * MemoryLayout<Pointee>.stride)) else {
            preconditionFailure("out of memory")
        }
        return unsafe memory.bindMemory(to: Pointee.self, capacity: capacity)
    }

    /// Gives back what ``plain(capacity:)`` gave.
    public func freePlain() { unsafe free(self) }
}
