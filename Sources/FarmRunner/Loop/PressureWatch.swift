import FarmModel
import FarmStore
import HostSystem

/// Looks now and then whether the machine is too short of something to start one job more, and lets others know when that changes.
struct PressureWatch {
    private let gate: PressureGate
    private var facts: [PressureFact] = []
    private var looked: Int64 = .min

    /// How often it looks: the kernel's figures are averages over ten seconds.
    static let periodMilliseconds: Int64 = 1000

    init(_ gate: PressureGate) { self.gate = gate }

    /// - Returns: true if something runs short.
    mutating func look(_ store: Store, _ runner: RunnerID) -> Bool {
        let now = Clock.boottimeMilliseconds
        guard looked == .min || now - looked >= Self.periodMilliseconds else { return !facts.isEmpty }
        looked = now
        let found = gate.facts(readings(store.directory.path))
        // Others read this only to explain it; on a full disk it may fail.
        if found.map(\.resource) != facts.map(\.resource) { try? store.notePressure(found, of: runner) }
        facts = found
        return !facts.isEmpty
    }

    private func readings(_ folder: String) -> [PressureResource: Double] {
        var readings: [PressureResource: Double] = [:]
        for resource in gate.limits.keys {
            switch resource {
            case .memory: readings[resource] = Pressure.average10("memory", .full)
            case .io: readings[resource] = Pressure.average10("io", .full)
            case .cpu: readings[resource] = Pressure.average10("cpu", .some)
            case .disk: readings[resource] = (try? FileSystem(at: folder)).map { Double($0.freeBytes) }
            case .inodes:
                guard let system = try? FileSystem(at: folder), system.totalInodes > 0 else { continue }
                readings[resource] = Double(system.freeInodes)
            }
        }
        return readings
    }
}
