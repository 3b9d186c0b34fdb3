/// The makespan of each order over the lower bound.
struct OrderTable {
    let trace: Trace

    func printAll(slots: [Int]) throws {
        let bounds = try slots.map { try trace.lowerBound(slots: $0) }
        printRow("makespan / lower bound", slots.map { "\($0) slots" })
        for order in Order.allCases {
            let ranks = try order.ranks(of: trace)
            let ratios = zip(slots, bounds).map { slots, bound in
                var simulation = Simulation(trace.graph, durations: trace.durations, ranks: ranks)
                return simulation.makespan(slots: slots) / bound
            }
            printRow(order.rawValue, ratios.map { decimal($0, places: 3) })
        }
        printRow("lower bound, hours", bounds.map { decimal($0 / 3600, places: 1) })
    }
}
