internal import Glibc

/// The natural logarithm of `1 + value`, exact where `value` is too small to change 1.
func logarithm(onePlus value: Float) -> Float { log1pf(value) }
