public import AlpinePackage
public import FarmModel

/// The control segment of a package: what it says of itself, and its scripts.
public struct PackageControl: Sendable {
    /// `.PKGINFO`
    public let info: PackageInfo
    /// What apk runs, `.pre-install` and its like.
    public let scripts: [PackageBody.Scriptlet: [UInt8]]
    /// The SHA-1 of the segment as it stands in the file, 20 bytes: what an index calls `C:`.
    public let checksum: [UInt8]
    /// The SHA-256 of the compressed data segment.
    let dataHash: Digest

    /// The most bytes of the segment.
    static let sizeLimit: Int64 = 32 << 20

    /// Reads the content of the segment.
    /// - Parameter name: What messages call the package.
    init(_ content: [UInt8], _ member: GzipMember, name: String) throws(FarmError) {
        var archive = TarReader(MemorySource(content), name: "\(name), control segment")
        var information: [UInt8]?
        var scripts: [PackageBody.Scriptlet: [UInt8]] = [:]
        while let entry = try archive.next() {
            guard case .file = entry.content, entry.path.hasPrefix(".") else { continue }
            if entry.path == ".PKGINFO" {
                information = try archive.wholeContent()
            } else if let scriptlet = PackageBody.Scriptlet(rawValue: String(entry.path.dropFirst())) {
                scripts[scriptlet] = try archive.wholeContent()
            }
        }
        guard let information else { throw FarmError(.badInput, "\(name): it has no .PKGINFO; it is no package of apk's version 2") }
        info = try Self.parsed(information, name)
        guard let hash = info.dataHash.flatMap({ Digest($0) }) else {
            throw FarmError(.badInput, "\(name): its .PKGINFO has no datahash, so nothing tells whether its files are right; build it anew")
        }
        dataHash = hash
        self.scripts = scripts
        checksum = member.sha1
    }

    private static func parsed(_ text: [UInt8], _ name: String) throws(FarmError) -> PackageInfo {
        do throws(FarmError) { return try PackageInfo(parsing: text) } catch {
            throw FarmError(error.status, "\(name): .PKGINFO: \(error.message)")
        }
    }
}
