internal import AlpinePackage
internal import FarmModel
internal import PackageFiles

/// `/lib/apk/db/scripts.tar`: the scripts of all packages, for apk to run when they are changed or removed, as
/// `NAME-VERSION.CHECKSUM.SCRIPT`.
enum ScriptArchive {
    /// The archive.
    static func bytes(of packages: [CachedPackage], seconds: Int64) -> [UInt8] {
        var archive: [UInt8] = []
        for package in packages {
            let name = "\(package.record.name)-\(package.record.version).\(ControlChecksum.text(of: package.control.checksum))"
            for scriptlet in PackageBody.Scriptlet.allCases {
                guard let script = package.control.scripts[scriptlet] else { continue }
                let size = Int64(script.count)
                let content = TreeEntry.Content.file(size: size, digest: Digest.of(script))
                archive += TarHeader(path: "\(name).\(scriptlet.rawValue)", mode: 0o755, seconds: seconds, content: content).bytes
                archive += script + [UInt8](repeating: 0, count: TarHeader.padding(after: size))
            }
        }
        return archive + TarHeader.end
    }
}
