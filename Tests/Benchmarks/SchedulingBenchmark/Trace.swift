import BuildGraph
import FarmModel
import HostSystem

/// A graph and how long each of its jobs takes.
struct Trace {
    let graph: Graph
    /// In seconds.
    let durations: [Double]

    private static let limit = 1 << 30

    /// Reads NDJSON: an object with `name`, `needs` and `milliseconds` a line.
    init(reading input: Descriptor) throws {
        var builder = GraphBuilder()
        var durations: [Double] = []
        for line in try input.readAll(limit: Self.limit).split(separator: UInt8(ascii: "\n")) {
            let record = try JSONParser.parse(bytes: Array(line))
            guard let name = record["name"]?.string, let needs = record["needs"]?.array, let duration = record["milliseconds"]?.int else {
                throw FarmError(.badInput, "a line of the trace has no name, needs or milliseconds")
            }
            builder.add(name, needs: needs.compactMap(\.string))
            durations.append(Double(duration) / 1000)
        }
        graph = builder.build().graph
        self.durations = durations
    }

    /// No schedule takes less: the heaviest chain, and the work that each slot has at least.
    func lowerBound(slots: Int) throws -> Double {
        max(try graph.criticalPath(weights: durations).length, durations.reduce(0, +) / Double(slots))
    }
}
