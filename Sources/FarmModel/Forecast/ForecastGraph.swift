/// The jobs that wait for each job, in rows of one array: a hundred thousand small arrays would cost more than the forecast.
struct ForecastGraph {
    private let starts: [Int]
    private let dependents: [Int32]
    /// How many jobs each job waits for.
    let needCounts: [Int]

    init(_ jobs: [RemainingWork.Job]) {
        var starts = [Int](repeating: 0, count: jobs.count + 1)
        for job in jobs { for need in job.openNeeds { starts[need + 1] += 1 } }
        for index in jobs.indices { starts[index + 1] += starts[index] }
        var free = starts
        var dependents = [Int32](repeating: 0, count: starts[jobs.count])
        for (position, job) in jobs.enumerated() {
            for need in job.openNeeds {
                dependents[free[need]] = Int32(position)
                free[need] += 1
            }
        }
        self.starts = starts
        self.dependents = dependents
        needCounts = jobs.map(\.openNeeds.count)
    }

    /// The jobs that wait for a job.
    func dependents(of job: Int) -> ArraySlice<Int32> { dependents[starts[job]..<starts[job + 1]] }

    /// For each job how long the longest chain from it to the end takes, itself included.
    func ranks(_ durations: [DurationEstimate]) -> [Int64] {
        var ranks = [Int64](repeating: 0, count: needCounts.count)
        for job in order().reversed() {
            ranks[job] = durations[job].median + dependents(of: job).reduce(0) { max($0, ranks[Int($1)]) }
        }
        return ranks
    }

    /// The jobs so that each comes after those it waits for.
    private func order() -> [Int] {
        var waiting = needCounts
        var order = waiting.indices.filter { waiting[$0] == 0 }
        order.reserveCapacity(waiting.count)
        var next = 0
        while next < order.count {
            for dependent in dependents(of: order[next]) {
                waiting[Int(dependent)] -= 1
                if waiting[Int(dependent)] == 0 { order.append(Int(dependent)) }
            }
            next += 1
        }
        return order
    }

    /// The longest chain by the ranks.
    func criticalPath(_ ranks: [Int64]) -> [Int] {
        var path: [Int] = []
        var next = ranks.indices.filter { needCounts[$0] == 0 }.max { ranks[$0] < ranks[$1] }
        while let job = next {
            path.append(job)
            next = dependents(of: job).max { ranks[Int($0)] < ranks[Int($1)] }.map { Int($0) }
        }
        return path
    }
}
