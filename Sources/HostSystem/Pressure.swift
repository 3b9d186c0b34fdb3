/// Pressure stall information of the kernel.
public enum Pressure {
    /// The share of the last 10 s, in percent, during which all tasks waited for memory; nil where the kernel does not tell.
    public static var memoryFullAverage10: Double? {
        guard let bytes = try? Files.readAll("/proc/pressure/memory", limit: 4096) else { return nil }
        return fullAverage10(String(decoding: bytes, as: UTF8.self))
    }

    /// Reads `full avg10=1.23 avg60=… avg300=… total=…`.
    static func fullAverage10(_ text: String) -> Double? {
        for line in text.split(separator: "\n") where line.hasPrefix("full avg10=") {
            return Double(line.dropFirst("full avg10=".count).prefix { $0 != " " })
        }
        return nil
    }
}
