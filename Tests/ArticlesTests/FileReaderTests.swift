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

    @Test("a file of any date has a status", arguments: [-20_000_000_000, -1, 0, 10_413_792_000, 15_000_000_000])
    func dates(seconds: Int) throws {
        let directory = TemporaryDirectory()
        directory.write("甲".utf8, to: "a.txt")
        var times = [timespec(tv_sec: seconds, tv_nsec: 5), timespec(tv_sec: seconds, tv_nsec: 5)]
        #expect(unsafe utimensat(AT_FDCWD, directory.path(of: "a.txt"), &times, 0) == 0)
        let status = try FileStatus.of(Path(directory.path(of: "a.txt")))
        // The file system may not have that date either.
        #expect(seconds < 0 ? status.modified < 5 : status.modified >= 5)
        #expect(try status == FileStatus.of(Path(directory.path(of: "a.txt"))))
    }
}
