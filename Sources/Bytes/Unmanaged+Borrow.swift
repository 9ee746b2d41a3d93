extension Unmanaged {
    /// Calls `body` with the object without counting a reference for the time of the call: loops over documents call objects so
    /// often that counting would take longer than what they do.
    ///
    /// Whoever calls keeps the object alive.
    ///
    /// - Parameter body: must not let the object out.
    /// - Returns: what `body` returns.
    /// - Throws: what `body` throws.
    @unsafe @inlinable @inline(__always)
    public func borrow<Value, Failure>(_ body: (Instance) throws(Failure) -> Value) throws(Failure) -> Value {
        // What the standard library has for this knows nothing of typed errors.
        let result: Result<Value, Failure> = unsafe _withUnsafeGuaranteedRef { object in
            do throws(Failure) { return .success(try body(object)) } catch { return .failure(error) }
        }
        return try result.get()
    }
}
