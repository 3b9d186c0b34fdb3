import HostSystem

/// Prints the makespan of each order over the lower bound, for a trace from standard input.
func printTable() throws {
    let trace = try Trace(reading: .standardInput)
    let slots = [2, 4, 16, 64]
    let bounds = try slots.map { try trace.lowerBound(slots: $0) }
    printRow("makespan / lower bound", slots.map { "\($0) slots" })
    for order in Order.allCases {
        let ranks = try order.ranks(of: trace)
        let ratios = zip(slots, bounds).map { slots, bound in
            var simulation = Simulation(trace, ranks: ranks)
            return simulation.makespan(slots: slots) / bound
        }
        printRow(order.rawValue, ratios.map { decimal($0, places: 3) })
    }
    printRow("lower bound, hours", bounds.map { decimal($0 / 3600, places: 1) })
}

func printRow(_ title: String, _ cells: [String]) {
    let name = title + String(repeating: " ", count: max(0, 34 - title.count))
    print(name + cells.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }.joined())
}

func decimal(_ value: Double, places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let rounded = Int((value * Double(scale)).rounded())
    let fraction = String(rounded % scale)
    return "\(rounded / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
}

try printTable()
