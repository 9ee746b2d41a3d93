internal import Model

/// What an EPUB says of itself: title, date, and which files of the archive are its chapters.
struct EPUBPackage {
    struct Chapter {
        /// Its place in the spine, from 1; what is no text counts, too.
        var number: Int
        var member: [UInt8]
    }

    private(set) var title: [UInt8] = []
    /// As found; empty when nothing tells.
    private(set) var date: [UInt8] = []
    private(set) var chapters: [Chapter] = []

    private static let container = Array("META-INF/container.xml".utf8)
    private static let encryption = Array("META-INF/encryption.xml".utf8)
    /// What hides fonts from their buyers, and no text: the methods of the IDPF and of Adobe.
    private static let fontMethods = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"]

    /// Reads `META-INF/container.xml` and the package that it names.
    init(_ archive: ZipArchive, _ path: Path) throws(ArticlesError) {
        let package = try Self.package(archive, path)
        let events: XMLEvents
        do throws(ZipArchive.Failure) { events = try archive.markup(package, of: path) } catch {
            throw error.error(path, package)
        }
        readMetadata(events)
        readSpine(events, in: MemberPath.directory(of: package))
        guard !chapters.isEmpty else { throw .badArchive(path, .noDocument) }
        let hidden = try Self.protectedMembers(archive, path)
        if hidden.contains(package) || chapters.contains(where: { hidden.contains($0.member) }) {
            throw .protected(path)
        }
    }

    /// The name of the package: the first that the container lists.
    private static func package(_ archive: ZipArchive, _ path: Path) throws(ArticlesError) -> [UInt8] {
        let events: XMLEvents
        do throws(ZipArchive.Failure) { events = try archive.markup(container, of: path) } catch {
            throw error.error(path, container)
        }
        for element in events.elements.indices where events.name(of: element).local == "rootfile" {
            let type = events.attribute("media-type", of: element) ?? []
            guard let name = events.attribute("full-path", of: element), !name.isEmpty,
                type.isEmpty || type.elementsEqual("application/oebps-package+xml".utf8)
            else { continue }
            return MemberPath.resolve(name, in: [])
        }
        throw .badArchive(path, .noDocument)
    }

    private mutating func readMetadata(_ events: XMLEvents) {
        var titles: [(id: [UInt8], text: [UInt8])] = []
        var main: [UInt8]?
        var dateRank = Int.max
        for (number, element) in events.elements.enumerated() {
            switch events.name(of: number).local {
            case "title": titles.append((events.attribute("id", of: number) ?? [], Self.text(element, events)))
            case "meta":
                if events.attribute("property", of: number)?.elementsEqual("title-type".utf8) == true,
                    Self.text(element, events).elementsEqual("main".utf8),
                    let target = events.attribute("refines", of: number), main == nil
                {
                    main = Array(target.drop { $0 == UInt8(ascii: "#") })
                }
            case "date":
                let found = Self.text(element, events)
                let rank = Self.rank(ofDate: events.attribute("event", of: number))
                if !found.isEmpty, rank < dateRank { (date, dateRank) = (found, rank) }
            default: break
            }
        }
        let named = titles.filter { !$0.text.isEmpty }
        title = (named.first { $0.id == main } ?? named.first)?.text ?? []
    }

    /// How well a date tells when the book came out; EPUB 2 says what happened then.
    private static func rank(ofDate event: [UInt8]?) -> Int {
        guard let event else { return 1 }
        let name = String(decoding: event, as: UTF8.self).lowercased()
        return name.hasSuffix("publication") ? 0 : name == "creation" ? 2 : 3
    }

    /// The files of text in the order of the spine, each once.
    private mutating func readSpine(_ events: XMLEvents, in directory: [UInt8]) {
        var items: [[UInt8]: (member: [UInt8], isText: Bool)] = [:]
        for element in events.elements.indices where events.name(of: element).local == "item" {
            guard let id = events.attribute("id", of: element), let name = events.attribute("href", of: element)
            else { continue }
            let type = String(decoding: events.attribute("media-type", of: element) ?? [], as: UTF8.self)
            items[id] = (MemberPath.resolve(name, in: directory), Self.isText(type))
        }
        var number = 0
        var seen: Set<[UInt8]> = []
        for element in events.elements.indices where events.name(of: element).local == "itemref" {
            number += 1
            guard let id = events.attribute("idref", of: element), let item = items[id], item.isText,
                seen.insert(item.member).inserted
            else { continue }
            chapters.append(Chapter(number: number, member: item.member))
        }
    }

    /// Whether a media type is text: what a reader would show as a page of it. Covers are often an image alone.
    private static func isText(_ type: String) -> Bool {
        !["image/", "audio/", "video/", "font/", "text/css", "application/pdf"].contains { type.hasPrefix($0) }
    }

    private static func text(_ element: XMLEvents.Element, _ events: XMLEvents) -> [UInt8] {
        HTMLMetadata.collapsed(events.joinedText(element.content).bytes)
    }

    /// The members that are encrypted, fonts left out.
    private static func protectedMembers(_ archive: ZipArchive, _ path: Path) throws(ArticlesError) -> Set<[UInt8]>
    {
        guard archive.contains(encryption) else { return [] }
        let events: XMLEvents
        do throws(ZipArchive.Failure) { events = try archive.markup(encryption, of: path) } catch {
            throw error.error(path, encryption)
        }
        var members: Set<[UInt8]> = []
        var isFont = false
        for element in events.elements.indices {
            switch events.name(of: element).local {
            case "encrypteddata": isFont = false
            case "encryptionmethod":
                let method = String(decoding: events.attribute("algorithm", of: element) ?? [], as: UTF8.self)
                // The key of a font's or text's key is inside the data's own element, too, and comes later.
                if fontMethods.contains(method) { isFont = true }
            case "cipherreference":
                guard !isFont, let name = events.attribute("uri", of: element) else { continue }
                members.insert(MemberPath.resolve(name, in: []))
            default: break
            }
        }
        return members
    }
}
