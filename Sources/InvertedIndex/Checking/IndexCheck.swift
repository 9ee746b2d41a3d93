internal import Bytes
internal import Model
public import Storage

/// Verifies an index: every byte, every structure, and that the terms are those of the text.
///
/// What is checked, from the outside in: that every file of the commit is there, is what its name says, and has the
/// checksums it was written with; that files kept twice are the same; that segments, sources and deleted articles
/// agree with what the manifest says of them; that keys are in order and each is found where a query looks for it; that
/// documents, frequencies, positions and lengths are in their bounds and add up; and that every paragraph can be read
/// and gives the very terms that the postings have of it (``TermSums``).
public struct IndexCheck: Sendable {
    /// Files read.
    public private(set) var files = 0
    /// Bytes read.
    public private(set) var bytes = 0
    /// What is damaged; empty for a sound index.
    public private(set) var damages: [IndexDamage] = []
    /// The fingerprint of the analyzer that the index was made with.
    public let analyzer: String
    let manifest: Manifest

    /// Files of which articles are missing, since damage was repaired, until they are indexed again.
    public var unreadSources: Int { manifest.unreadSources }

    /// Everything found wrong.
    public var problems: [IndexError] { damages.flatMap(\.faults) }

    /// Reads every file of the last commit. A writer may be at work meanwhile.
    ///
    /// - Parameter terms: gives the terms of stored text, by the analyzer with that fingerprint; nil leaves terms and
    ///   text uncompared.
    /// - Throws: only when there is no index, or its manifest cannot be read nor any copy of it; other damage is in
    ///   ``damages``.
    /// - Complexity: O(bytes), and one analysis of all text.
    public init(_ storage: any Storage, terms: (analyzer: String, by: any TextTerms)? = nil) throws(IndexError) {
        let commit = try CommitFiles(storage, usesCopy: true)
        manifest = commit.manifest
        analyzer = manifest.analyzer
        let faults = readAll(commit)
        damages = Twin.all(of: manifest).compactMap { $0.damage(in: commit) }
        // A first commit that was cut off before it was named is whole, and the next one names itself.
        if (try? storage.names())?.contains(IndexFile.noCommitYet) == true {
            damages.removeAll { $0.isManifestMissing }
        }
        let sources = checkSources(commit)
        var analysis = terms.flatMap { $0.analyzer == manifest.analyzer ? $0.by : nil }
        for info in manifest.segments {
            let check = SegmentCheck(info, in: commit, terms: &analysis, sources: sources)
            note(check, of: info, faults)
        }
    }

    /// Compares every file with its checksums; gives what is wrong, by name.
    private mutating func readAll(_ commit: CommitFiles) -> [String: IndexError] {
        var faults: [String: IndexError] = [:]
        for name in manifest.files.sorted() {
            do throws(StorageError) {
                let view = try commit.open(name)
                files += 1
                bytes += view.count
                do throws(FormatError) { try Envelope.verify(view) } catch { faults[name] = .format(error) }
            } catch {
                faults[name] = .storage(error)
            }
        }
        return faults
    }

    /// Reads the table of sources; gives the ids in it, or nil when it cannot be read.
    private mutating func checkSources(_ commit: CommitFiles) -> Set<UInt32>? {
        do throws(IndexError) {
            let table = try IndexSnapshot.readSources(manifest, commit)
            let records = try IndexError.format { () throws(FormatError) in try table.all() }
            let file = commit.location + "/" + (manifest.sourcesFiles.last?.name ?? IndexFile.manifest.name(0))
            func malformed(_ rule: FormatError.Rule) -> IndexError {
                .format(.malformed(file: file, offset: Envelope.headerSize, rule: rule))
            }
            guard zip(records, records.dropFirst()).allSatisfy({ $0.id < $1.id }) else {
                throw malformed(.keysOutOfOrder)
            }
            guard records.count == table.count,
                records.allSatisfy({
                    $0.id < manifest.nextSource && ($0.path.isAbsolute || $0.path == .standardInput)
                })
            else { throw malformed(.unknownReference) }
            return Set(records.map(\.id))
        } catch {
            if !isMended(error) { damages.append(IndexDamage(part: .sources, faults: [error])) }
            return nil
        }
    }

    /// Sums up what is wrong with a segment.
    private mutating func note(_ check: SegmentCheck, of info: SegmentInfo, _ byName: [String: IndexError]) {
        var faults = IndexFile.ofSegment.compactMap { byName[$0.name(info.id)] }
        faults += check.faults.filter { !faults.contains($0) && !isMended($0) }
        guard !faults.isEmpty else { return }
        let textFiles = [IndexFile.articles, .paragraphs].map { $0.name(info.id) }
        let isLiveLost = info.liveName.map { byName[$0] != nil } ?? false
        let part: IndexDamage.Part
        if !textFiles.allSatisfy({ byName[$0] == nil }) {
            part = .text(segment: info.id)
        } else if check.isTextSound {
            part = .terms(segment: info.id)
        } else {
            part = isLiveLost ? .live(segment: info.id) : .text(segment: info.id)
        }
        damages.append(
            IndexDamage(
                part: part, faults: IndexError.withoutEchoes(faults),
                articles: info.articleCount - info.deletedArticles))
    }

    /// Whether the fault is one of a file whose second copy will be put in its place.
    private func isMended(_ fault: IndexError) -> Bool {
        damages.contains { damage in
            if case .twin = damage.part { damage.faults.contains(fault) } else { false }
        }
    }
}
