/// Writes metrics in Prometheus' text format 0.0.4.
struct MetricsText {
    private(set) var text = ""

    enum Kind: String {
        case counter
        case gauge
        case histogram
    }

    /// Begins a metric; its samples follow.
    mutating func begin(_ name: String, _ kind: Kind, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n"
    }

    /// One sample.
    mutating func add(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty { text += "{" + labels.map { "\($0.0)=\"\(Self.escaped($0.1))\"" }.joined(separator: ",") + "}" }
        text += " \(Self.number(value))\n"
    }

    /// The samples of a histogram.
    mutating func add(_ name: String, _ labels: [(String, String)], _ histogram: Histogram) {
        var sum = 0
        for (bound, count) in zip(histogram.bounds, histogram.counts) {
            sum += count
            add(name + "_bucket", labels + [("le", Self.number(bound))], Double(sum))
        }
        add(name + "_bucket", labels + [("le", "+Inf")], Double(histogram.count))
        add(name + "_sum", labels, histogram.sum)
        add(name + "_count", labels, Double(histogram.count))
    }

    private static func number(_ value: Double) -> String {
        value == value.rounded() && abs(value) < 1e15 ? String(Int64(value)) : String(value)
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}

/// How often values fell below certain bounds.
struct Histogram: Sendable {
    let bounds: [Double]
    /// For each bound how many values lie between the one before and it.
    private(set) var counts: [Int]
    private(set) var count = 0
    private(set) var sum = 0.0

    init(_ bounds: [Double]) {
        self.bounds = bounds
        counts = bounds.map { _ in 0 }
    }

    mutating func add(_ value: Double) {
        count += 1
        sum += value
        if let index = bounds.firstIndex(where: { value <= $0 }) { counts[index] += 1 }
    }
}
