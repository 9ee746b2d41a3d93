/// Memory for numbers that is reused and only grows: for hot loops, which would ask an array at each step whether it is theirs
/// alone.
@safe public struct NumberBuffer: ~Copyable {
    // SAFETY: `capacity` elements, owned by this value, freed in `deinit`.
    @usableFromInline var memory: UnsafeMutablePointer<UInt32>
    @usableFromInline var capacity: Int

    public init() {
        capacity = 0
        unsafe memory = .plain(capacity: 0)
    }

    deinit { unsafe memory.freePlain() }

    /// The first element of room for `count`; what was there before is lost when the memory had to grow. Valid until the next
    /// call.
    @unsafe @inlinable
    public mutating func reserve(_ count: Int) -> UnsafeMutablePointer<UInt32> {
        if count > capacity { grow(count) }
        return unsafe memory
    }

    @usableFromInline
    mutating func grow(_ count: Int) {
        unsafe memory.freePlain()
        capacity = max(count, capacity * 2)
        unsafe memory = .plain(capacity: capacity)
    }
}
