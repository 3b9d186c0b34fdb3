internal import HostSystem

/// The library of faketime, which gives programs another time.
public enum ClockLibrary {
    private static let name = "faketime/libfaketime.so.1"

    /// Where it lies below a root folder, as programs there see it; nil where it is not installed.
    public static func path(below root: String = "") -> String? {
        let folders = ["/usr/lib", "/usr/lib64", "/usr/local/lib"]
        let inner = ((try? Files.entries(of: root + "/usr/lib")) ?? []).compactMap(\.name).filter { $0.hasSuffix("-linux-gnu") }.sorted()
        let candidates = (folders + inner.map { "/usr/lib/\($0)" }).map { "\($0)/\(name)" }
        return candidates.first { (try? Files.status(root + $0, following: true))?.type == .regular }
    }
}
