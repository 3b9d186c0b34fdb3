internal import FarmConfiguration
internal import FarmModel

extension PressureGate {
    /// The built-in limits with what is configured in their place.
    init(_ configuration: Configuration) {
        self.init()
        let settings: [(PressureResource, Setting)] = [
            (.memory, .pressureMemory), (.io, .pressureIO), (.cpu, .pressureCPU), (.disk, .pressureDisk), (.inodes, .pressureInodes),
        ]
        for (resource, setting) in settings {
            var limit = limits[resource].map { Int64($0) }
            configuration.take(setting, into: &limit)
            limits[resource] = limit.map(Double.init)
        }
    }
}
