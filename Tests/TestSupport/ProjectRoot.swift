/// The directory of the project that the tests were built from, without a slash at its end.
public let projectRoot: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    // This file lies two directories below.
    return parts.dropLast(3).joined(separator: "/")
}()
