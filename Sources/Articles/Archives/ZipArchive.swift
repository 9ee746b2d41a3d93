internal import CZlib
internal import Model

/// A zip archive, read in place: its members are unpacked one by one, and nothing of it is kept or written.
///
/// The parser is minizip. A member's name is only a name here, whatever path it spells.
@safe final class ZipArchive {
    /// Why a member cannot be read.
    enum Failure: Error, Equatable {
        case missing
        case encrypted
        case damaged
        case unknownMethod(Int)
        /// The bound of the whole archive is passed.
        case tooLarge
    }

    /// Bytes that the members asked for may unpack to, all together. What is made of them takes several times as much
    /// memory, and a byte of zip's can stand for a thousand.
    static let unpackLimit = 64 << 20
    private static let pieceSize = 1 << 16
    /// What a document of Word's is wrapped in when it has a password, and what all were before 2007.
    private static let compoundFile: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]

    private let archive: unzFile
    private let source: ZipSource
    private var members: [[UInt8]: unz64_file_pos] = [:]
    /// Bytes that may still be unpacked.
    private var allowance = ZipArchive.unpackLimit

    /// Opens an archive. O(members), each read once.
    init(_ file: FileReader) throws(ArticlesError) {
        source = ZipSource(file)
        let opened = unsafe source.withFunctions { unsafe unzOpen2_64(nil, $0) }
        guard let opened = unsafe opened else {
            if let code = source.errorCode { throw .unreadable(file.path, code: code) }
            let isCompound = source.firstBytes(Self.compoundFile.count) == Self.compoundFile
            throw .badArchive(file.path, isCompound ? .notOpen : .notAZip)
        }
        unsafe archive = opened
        findMembers()
    }

    deinit { unsafe unzClose(archive) }

    /// Names of all members.
    var names: some Sequence<[UInt8]> { members.keys }

    func contains(_ name: [UInt8]) -> Bool { members[name] != nil }

    private func findMembers() {
        var name = [CChar](repeating: 0, count: 1 << 16)
        var status = unsafe unzGoToFirstFile(archive)
        while status == UNZ_OK {
            var info = unz_file_info64()
            var position = unz64_file_pos()
            // SAFETY: minizip writes no more of the name than there is room for.
            guard
                unsafe unzGetCurrentFileInfo64(archive, &info, &name, UInt(name.count), nil, 0, nil, 0) == UNZ_OK,
                unsafe unzGetFilePos64(archive, &position) == UNZ_OK
            else { return }
            let bytes = name.prefix(Int(min(info.size_filename, UInt(name.count)))).map { UInt8(bitPattern: $0) }
            // Of two members of one name the first counts.
            if members[bytes] == nil { members[bytes] = position }
            status = unsafe unzGoToNextFile(archive)
        }
    }

    /// Unpacks a member, and checks it against its checksum.
    func read(_ name: [UInt8]) throws(Failure) -> [UInt8] {
        guard var position = members[name] else { throw .missing }
        var info = unz_file_info64()
        guard unsafe unzGoToFilePos64(archive, &position) == UNZ_OK,
            unsafe unzGetCurrentFileInfo64(archive, &info, nil, 0, nil, 0, nil, 0) == UNZ_OK
        else { throw .damaged }
        guard info.flag & 1 == 0 else { throw .encrypted }
        // Stored, deflated.
        guard info.compression_method == 0 || info.compression_method == 8 else {
            throw .unknownMethod(Int(clamping: info.compression_method))
        }
        guard info.uncompressed_size <= UInt64(max(0, allowance)) else { throw .tooLarge }
        guard unsafe unzOpenCurrentFile(archive) == UNZ_OK else { throw .damaged }
        var bytes: [UInt8] = []
        var count: Int32 = 0
        repeat {
            let piece = unsafe [UInt8](unsafeUninitializedCapacity: Self.pieceSize) { buffer, filled in
                // SAFETY: minizip writes at most as much as it is told there is room for.
                count = unsafe unzReadCurrentFile(archive, buffer.baseAddress, UInt32(Self.pieceSize))
                filled = max(0, Int(count))
            }
            allowance -= piece.count
            bytes += piece
        } while count > 0 && allowance >= 0
        let ending = unsafe unzCloseCurrentFile(archive)
        guard allowance >= 0 else { throw .tooLarge }
        guard count == 0, ending == UNZ_OK, UInt64(bytes.count) == info.uncompressed_size else { throw .damaged }
        return bytes
    }
}

extension ZipArchive.Failure {
    /// The problem that this is with a member; nil when it is one with the whole archive.
    var problem: ArticlesError.MemberProblem? {
        switch self {
        case .missing: .missing
        case .encrypted: .encrypted
        case .damaged: .damaged
        case .unknownMethod(let number): .unknownMethod(number)
        case .tooLarge: nil
        }
    }

    /// The error of a file that cannot be read without the member.
    func error(_ path: Path, _ member: [UInt8]) -> ArticlesError {
        problem.map { .badMember(path, member: member, $0) }
            ?? .unpacksTooLarge(path, limit: ZipArchive.unpackLimit)
    }
}
