internal import Model

extension ZipArchive {
    /// A member of XML that says something of others, as it seems to be meant when it is not well formed.
    ///
    /// - Returns: no events when it is no text.
    func markup(_ name: [UInt8], of path: Path) throws(Failure) -> XMLEvents {
        let bytes = try read(name)
        guard let text = try? DecodedText(bytes, of: path).bytes else { return XMLEvents() }
        let start = TextCheck.documentStart(text)
        return ExpatParser.parse(text, from: start).events ?? LenientXML.parse(text, from: start)
    }

    /// The text of a member, decoded.
    func text(_ name: [UInt8], of path: Path, isStrict: Bool) throws(MemberFailure) -> DecodedText {
        let bytes: [UInt8]
        do throws(Failure) { bytes = try read(name) } catch {
            throw error.problem.map { .member($0) } ?? .archive(.unpacksTooLarge(path, limit: Self.unpackLimit))
        }
        do throws(ArticlesError) {
            return try DecodedText(bytes, of: path, DecodingOptions(isStrict: isStrict))
        } catch {
            if case .undecodable(_, let places) = error { throw .member(.undecodable(places)) }
            throw .member(.notText)
        }
    }

    enum MemberFailure: Error {
        case member(ArticlesError.MemberProblem)
        /// Concerns the whole file.
        case archive(ArticlesError)
    }
}

extension TextCheck {
    /// Where a document of XML begins: behind a byte order mark and white space.
    static func documentStart(_ bytes: [UInt8]) -> Int {
        var start = byteOrderMark(bytes)
        while start < bytes.count, BlockBuilder.isSpace(bytes[start]) { start += 1 }
        return start
    }
}
