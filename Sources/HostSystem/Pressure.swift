/// Pressure stall information of the kernel: the file `/proc/pressure/RESOURCE`.
public enum Pressure {
    /// Who waits.
    public enum Share: String, Sendable {
        /// At least one task.
        case some
        /// All tasks at once.
        case full
    }

    /// The share of the last 10 s, in percent, during which tasks waited for a resource; nil where the kernel does not tell.
    /// - Parameter resource: `memory`, `io` or `cpu`.
    public static func average10(_ resource: String, _ share: Share) -> Double? {
        guard let bytes = try? Files.readAll("/proc/pressure/" + resource, limit: 4096) else { return nil }
        return average10(of: share, in: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads `full avg10=1.23 avg60=… avg300=… total=…`.
    static func average10(of share: Share, in text: String) -> Double? {
        let start = share.rawValue + " avg10="
        for line in text.split(separator: "\n") where line.hasPrefix(start) {
            return Double(line.dropFirst(start.count).prefix { $0 != " " })
        }
        return nil
    }
}
