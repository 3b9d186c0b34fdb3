internal import NIOHTTP1

/// Whether the head of a request means the same to everybody who reads it on its way. What the parser lets through and others may read
/// otherwise is refused: RFC 9112 sections 3.2 and 6.1.
enum HeadRules {
    static func areKept(by head: HTTPRequestHead) -> Bool {
        guard head.version == .http1_1 || head.version == .http1_0, head.method != .CONNECT else { return false }
        if head.version == .http1_0, head.headers.contains(name: "transfer-encoding") { return false }
        let hosts = head.headers["host"]
        guard hosts.count == 1 || (hosts.isEmpty && head.version == .http1_0) else { return false }
        return isAuthority(hosts.first ?? "") && names(hosts.first ?? "", in: head.uri)
    }

    /// A host with or without a port, or nothing.
    private static func isAuthority(_ text: String) -> Bool {
        !text.utf8.contains { $0 <= 0x20 || $0 >= 0x7f || "@/?#\\,".utf8.contains($0) }
    }

    /// A whole address may stand for the path; then it has to name the same host.
    private static func names(_ host: String, in target: String) -> Bool {
        if target.hasPrefix("/") || target == "*" { return true }
        for scheme in ["http://", "https://"] where target.lowercased().hasPrefix(scheme) {
            let authority = target.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return authority.lowercased() == host.lowercased()
        }
        return false
    }
}
