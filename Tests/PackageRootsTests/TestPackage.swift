import AlpinePackage
import FarmModel
import PackageFiles

/// Packages and indexes made for a test.
struct TestPackage {
    /// What a package has at a path.
    enum Entry {
        case folder(mode: UInt32 = 0o755)
        case file(String, mode: UInt32 = 0o644)
        case link(String)
        case hardLink(String)
        /// A file of user and group 12, with an attribute `user.test`.
        case owned(String)
    }

    var name: String
    var version = "1-r0"
    var architecture = "x86_64"
    /// Further lines of `.PKGINFO`.
    var information: [String] = []
    var scripts: [(name: String, text: String)] = []
    var entries: [(path: String, entry: Entry)] = []

    init(_ name: String, version: String = "1-r0", information: [String] = [], _ entries: [(String, Entry)] = []) {
        self.name = name
        self.version = version
        self.information = information
        self.entries = entries.map { (path: $0.0, entry: $0.1) }
    }

    var fileName: String { "\(name)-\(version).apk" }

    /// The file, without a signature.
    var bytes: [UInt8] { control + data }

    /// The entry in an index.
    var index: String {
        var lines = [
            "C:\(ControlChecksum.text(of: SHA1.of(control)))", "P:\(name)", "V:\(version)", "A:\(architecture)", "S:\(bytes.count)", "I:1",
            "T:test",
            "L:MIT",
        ]
        for line in information {
            if line.hasPrefix("depend = ") { lines.append("D:" + line.dropFirst(9)) }
            if line.hasPrefix("provides = ") { lines.append("p:" + line.dropFirst(11)) }
        }
        return lines.joined(separator: "\n") + "\n\n"
    }

    /// An index of packages; signed if there is a key.
    static func index(of packages: [TestPackage], key: PrivateKey? = nil) throws -> [UInt8] {
        let member = GzipMember.compressing(tar([("APKINDEX", .file(packages.map(\.index).joined()))], isEnded: true))
        guard let key else { return member }
        let signature = try key.sign(sha256: Digest.of(member).bytes)
        return GzipMember.compressing(tar([(".SIGN.RSA256.\(key.publicKey.name)", signature)])) + member
    }

    private var data: [UInt8] { GzipMember.compressing(Self.tar(entries.map { ($0.path, $0.entry) }, isEnded: true)) }

    private var control: [UInt8] {
        let lines = [
            "pkgname = \(name)", "pkgver = \(version)", "arch = \(architecture)", "size = 1", "pkgdesc = test", "license = MIT",
            "builddate = 1000",
        ]
        let text = (lines + information + ["datahash = \(Digest.of(data).hex)"]).joined(separator: "\n") + "\n"
        let scripts = scripts.map { ($0.name, Entry.file($0.text, mode: 0o755)) }
        return GzipMember.compressing(Self.tar([(".PKGINFO", .file(text))] + scripts, isEnded: false))
    }

    private static func tar(_ entries: [(String, Entry)], isEnded: Bool) -> [UInt8] {
        entries.flatMap { bytes($0.1, at: $0.0) } + (isEnded ? TarHeader.end : [])
    }

    private static func tar(_ files: [(String, [UInt8])]) -> [UInt8] {
        files.flatMap { header(of: $0.1, at: $0.0, mode: 0o644) + padded($0.1) }
    }

    private static func bytes(_ entry: Entry, at path: String) -> [UInt8] {
        switch entry {
        case .folder(let mode): return TarHeader(path: path, mode: mode, seconds: 77, content: .folder).bytes
        case .file(let text, let mode):
            let content = Array(text.utf8)
            return checksum(content) + header(of: content, at: path, mode: mode) + padded(content)
        case .link(let target):
            return checksum(Array(target.utf8)) + TarHeader(path: path, mode: 0o777, seconds: 77, content: .link(target: target)).bytes
        case .hardLink(let target):
            // The writer of trees has no hard links: a symbolic one of another type.
            var block = TarHeader(path: path, mode: 0o644, seconds: 77, content: .link(target: target)).bytes
            (block[156], block[153]) = (UInt8(ascii: "1"), block[153] == UInt8(ascii: "0") ? UInt8(ascii: "7") : block[153] - 1)
            return resummed(block)
        case .owned(let text):
            let content = Array(text.utf8)
            let size = Int64(content.count)
            var header = TarHeader(path: path, mode: 0o640, seconds: 77, content: .file(size: size, digest: Digest.of(content)))
            header.owner = 12
            return extended(Array("32 SCHILY.xattr.user.test=value\n".utf8)) + header.bytes + padded(content)
        }
    }

    private static func resummed(_ block: [UInt8]) -> [UInt8] {
        var block = block
        for place in 148..<156 { block[place] = 32 }
        let sum = String(block.reduce(0) { $0 + Int($1) }, radix: 8)
        for (index, byte) in (String(repeating: "0", count: 6 - sum.count) + sum + "\u{0}").utf8.enumerated() { block[148 + index] = byte }
        return block
    }

    private static func header(of content: [UInt8], at path: String, mode: UInt32) -> [UInt8] {
        let size = Int64(content.count)
        return TarHeader(path: path, mode: mode, seconds: 77, content: .file(size: size, digest: Digest.of(content))).bytes
    }

    private static func checksum(_ content: [UInt8]) -> [UInt8] {
        extended(Array("68 APK-TOOLS.checksum.SHA1=\(Hexadecimal.text(of: SHA1.of(content)))\n".utf8))
    }

    private static func extended(_ record: [UInt8]) -> [UInt8] {
        var block = header(of: record, at: "PaxHeaders/x", mode: 0)
        block[156] = UInt8(ascii: "x")
        return resummed(block) + padded(record)
    }

    private static func padded(_ content: [UInt8]) -> [UInt8] {
        content + [UInt8](repeating: 0, count: TarHeader.padding(after: Int64(content.count)))
    }
}
