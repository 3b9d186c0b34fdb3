internal import FarmModel
internal import HostSystem

/// The machine's own programs as the root of a sandbox: /usr, the links to it, and the few things of /etc that programs need.
struct HostRoot {
    private static let configuration = [
        "alternatives", "ld.so.cache", "ld.so.conf", "ld.so.conf.d", "ssl/certs", "ca-certificates", "ca-certificates.conf", "mime.types",
        "terminfo",
    ]

    /// What is bound or linked.
    let mounts: [SandboxMount]

    /// The root of this machine as it is now.
    init() throws(SystemError) {
        var mounts = [SandboxMount.readOnly("/usr", at: "/usr")]
        for entry in try Files.entries(of: "/") {
            guard let name = entry.name, name == "bin" || name == "sbin" || name.hasPrefix("lib") else { continue }
            switch entry.type {
            case .symbolicLink: mounts.append(.link(to: String(decoding: try Files.linkTarget("/" + name), as: UTF8.self), at: "/" + name))
            case .folder: mounts.append(.readOnly("/" + name, at: "/" + name))
            default: continue
            }
        }
        for name in Self.configuration where try Files.statusIfPresent("/etc/" + name) != nil {
            mounts.append(.readOnly("/etc/" + name, at: "/etc/" + name))
        }
        self.mounts = mounts + [.folder("/var"), .link(to: "../tmp", at: "/var/tmp"), .folder("/run")]
    }

    /// The files of /etc that say who is who; the same in every sandbox of that host name.
    static func files(hostName: String = Variation.usualHostName) -> [SandboxFile] {
        usual + [SandboxFile(place: "/etc/hosts", text: "127.0.0.1 localhost \(hostName)\n::1 localhost ip6-localhost\n")]
    }

    private static let usual = [
        SandboxFile(
            place: "/etc/passwd",
            text: """
                root:x:0:0:root:/:/usr/sbin/nologin
                build:x:1000:1000:build:/home/build:/bin/sh
                nobody:x:65534:65534:nobody:/:/usr/sbin/nologin

                """),
        SandboxFile(place: "/etc/group", text: "root:x:0:\nbuild:x:1000:\nnogroup:x:65534:\n"),
        SandboxFile(place: "/etc/nsswitch.conf", text: "passwd: files\ngroup: files\nhosts: files dns\n"),
    ]
}

extension SandboxFile {
    /// A file with that text, for all to read.
    init(place: String, text: String) {
        self.init(place: place, content: .bytes(Array(text.utf8)))
    }
}
