public import AlpinePackage
public import FarmModel
public import HostSystem

/// Reads a package file of apk's version 2 (https://wiki.alpinelinux.org/wiki/Apk_spec): three gzip members, one with signatures, which may
/// be missing, one with what the package says of itself, and one with its files.
///
/// What covers what: a signature, or the checksum in an index, covers the control segment; the `datahash` in it covers the data segment;
/// and each file has a checksum of its own there. So no byte of the two segments can change unnoticed. Of the signature segment the content
/// is covered, but gzip has several forms for the same content: the time and the system in its header, for instance, mean nothing.
public struct PackageReader {
    /// What messages call the file.
    public let name: String
    /// The control segment.
    public let control: PackageControl
    /// The signatures over the control segment; nobody has compared them with keys yet.
    public let signatures: [PackageSignature]
    /// The size of the file, in bytes.
    public let size: Int64
    private let controlMember: GzipMember
    private var archive: TarReader<GzipMemberReader>
    private var present: TarEntry?
    private var sha1 = SHA1()

    /// Reads signatures and control segment; the file's own offset is neither used nor moved.
    /// - Throws: `badInput` for what is no package, is damaged, or is larger than allowed; `inputOutput` if it cannot be read.
    public init(_ file: Descriptor, name: String, limits: TarLimits = TarLimits()) throws(FarmError) {
        self.name = name
        do throws(SystemError) { size = try file.status().size } catch { throw FarmError(.inputOutput, "\(name): \(error)") }
        var members = GzipMemberReader(file, name: name, limits: GzipLimits())
        let start = try SignedSegments(&members, name: name, segment: "control segment", sizeLimit: PackageControl.sizeLimit)
        signatures = start.signatures
        controlMember = start.member
        control = try PackageControl(start.content, start.member, name: name)
        // Headers and blocks of zeros take room beside the files.
        guard try members.begin("data segment", sizeLimit: limits.bytes + Int64(limits.entries) * 2_048) else {
            throw FarmError(.badInput, "\(name): it has no data segment; get the file anew")
        }
        archive = TarReader(members, name: "\(name), data segment", limits: limits)
    }

    /// What an index would say of the package.
    public var record: PackageRecord {
        var record = control.info.record
        record.controlChecksum = control.checksum
        record.size = size
        return record
    }

    /// The key that signed the package.
    /// - Throws: `badInput` if no key of the ring did.
    public func signer(in keys: Keyring) throws(FarmError) -> PublicKey {
        try keys.signer(of: controlMember, by: signatures, in: name)
    }

    /// Compares the control segment with what an index says of it.
    /// - Throws: `badInput` if it is another.
    public func expect(checksum: [UInt8]) throws(FarmError) {
        guard control.checksum != checksum else { return }
        let (found, expected) = (ControlChecksum.text(of: control.checksum), ControlChecksum.text(of: checksum))
        throw FarmError(.badInput, "\(name): its control segment has the checksum \(found) where the index says \(expected); get it anew")
    }

    /// The next entry of the data segment. What was not read of the one before is passed over, and checked all the same.
    /// - Returns: nil at the end, when everything was right.
    /// - Throws: `badInput` if a file has another checksum than its header says, or the data segment another than the control segment says.
    public mutating func next() throws(FarmError) -> TarEntry? {
        while case let piece = try content(), !piece.isEmpty {}
        present = try archive.next()
        sha1 = SHA1()
        switch present?.content {
        case nil: try checkEnd()
        case .symbolicLink(let target): try check(SHA1.of(Array(target.utf8)))
        case .file, .folder, .hardLink: break
        }
        return present
    }

    /// The next bytes of the present entry; none at its end.
    public mutating func content() throws(FarmError) -> ArraySlice<UInt8> {
        guard case .file = present?.content else { return [] }
        let piece = try archive.content()
        piece.withUnsafeBytes { sha1.update($0) }
        if piece.isEmpty {
            try check(sha1.finish())
            present = nil
        }
        return piece
    }

    /// Reads what is left and checks it.
    public mutating func finish() throws(FarmError) { while try next() != nil {} }

    private func check(_ found: [UInt8]) throws(FarmError) {
        guard let present, let expected = present.checksum, expected != found else { return }
        throw FarmError(
            .badInput, "\(name): \(TarPath.shown(present.path.utf8)) has another checksum than its header says; get the file anew")
    }

    private func checkEnd() throws(FarmError) {
        var members = archive.source
        try members.expectEnd(after: "data segment")
        let found = members.member.sha256
        guard found != control.dataHash else { return }
        let text = "its data segment has the datahash \(found.hex) where .PKGINFO says \(control.dataHash.hex); get the file anew"
        throw FarmError(.badInput, "\(name): \(text)")
    }
}
