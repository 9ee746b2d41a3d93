internal import Glibc

/// The natural logarithm.
func logarithm(_ value: Float) -> Float { logf(value) }
