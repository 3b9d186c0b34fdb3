internal import HostSystem

/// The variables that fetching tools get: nothing of the runner's own environment but its search path and what says how to reach the network.
public enum FetchEnvironment {
    private static let networkVariables = [
        "http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
    ]

    /// `PATH` and, where the operator set them for the runner, proxies and certificates.
    public static var inherited: [String] {
        let path = Environment.value("PATH") ?? "/usr/local/bin:/usr/bin:/bin"
        return ["PATH=\(path)", "LC_ALL=C"] + networkVariables.compactMap { name in Environment.value(name).map { "\(name)=\($0)" } }
    }
}
