/// Room in which runs are encoded, one after the other. It grows to the size of the largest and keeps it.
@safe struct RunBuffer: ~Copyable {
    // SAFETY: `capacity` bytes, owned by this value; `count` never exceeds it.
    private var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 1 << 12) {
        self.capacity = capacity
        unsafe base = .allocate(capacity: capacity)
    }

    deinit { unsafe base.deallocate() }

    mutating func removeAll() { count = 0 }

    /// Appends an integer, seven bits a byte, lowest first, the high bit set on all but the last.
    @inline(__always)
    mutating func varint(_ value: UInt64) {
        if count &+ 10 > capacity { grow() }
        var rest = value
        while rest >= 0x80 {
            unsafe base[count] = UInt8(truncatingIfNeeded: rest) | 0x80
            count &+= 1
            rest >>= 7
        }
        unsafe base[count] = UInt8(truncatingIfNeeded: rest)
        count &+= 1
    }

    /// The bytes appended, in an array of just that size.
    func copy() -> [UInt8] {
        unsafe [UInt8](unsafeUninitializedCapacity: count) { target, size in
            if count > 0 { unsafe target.baseAddress!.update(from: base, count: count) }
            size = count
        }
    }

    private mutating func grow() {
        let larger = capacity + capacity / 2
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe memory.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = unsafe memory
        capacity = larger
    }
}
