import Glibc
import Model
import TestSupport
import Testing

@testable import Articles

@Suite("Opening files")
struct FileReaderTests {
    @Test("what is no file is refused, and its descriptor is closed once: by then it may be another's")
    func notAFile() {
        let directory = TemporaryDirectory()
        directory.makeFIFO("pipe")
        for path in [directory.path, directory.path + "/pipe"] {
            errno = 0
            let reader = try? FileReader(Path(path))
            // To close what is not open is an error.
            let code = errno
            #expect(reader == nil && code == 0, "\(path)")
        }
    }
}
