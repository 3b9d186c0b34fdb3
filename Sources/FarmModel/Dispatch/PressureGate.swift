/// Something of the machine that can run short.
public enum PressureResource: String, Sendable, CaseIterable {
    /// The share of time during which everything waited for memory.
    case memory
    /// The share of time during which everything waited for disks.
    case io
    /// The share of time during which something waited for a processor.
    case cpu
    /// Free bytes of the state directory's file system.
    case disk
    /// Files that can still be made there.
    case inodes

    /// True for what must not fall below its limit; the others must not rise above it.
    public var isFloor: Bool { self == .disk || self == .inodes }

    /// A value as people read it: percent, a size or a count.
    public func text(_ value: Double) -> String {
        switch self {
        case .memory, .io, .cpu: "\(Int(value.rounded())) %"
        case .disk: SizeText.text(bytes: Int64(value))
        case .inodes: "\(Int64(value))"
        }
    }
}

/// A limit that was passed.
public struct PressureFact: Sendable, Hashable {
    /// What runs short.
    public var resource: PressureResource
    /// What was measured: percent, bytes or a count.
    public var value: Double
    /// What was allowed.
    public var limit: Double

    /// Creates a fact.
    public init(resource: PressureResource, value: Double, limit: Double) {
        self.resource = resource
        self.value = value
        self.limit = limit
    }

    /// `{resource, value, limit}`
    public var json: JSONObject { ["resource": .string(resource.rawValue), "value": .double(value), "limit": .double(limit)] }

    /// Reads ``json``; nil if it is anything else.
    public init?(json: JSONObject) {
        guard let resource = json["resource"]?.string.flatMap(PressureResource.init(rawValue:)), let value = json["value"]?.number,
            let limit = json["limit"]?.number
        else { return nil }
        self.init(resource: resource, value: value, limit: limit)
    }

    /// For instance `memory 34 % (limit 10 %)`.
    public var text: String {
        "\(resource.rawValue) \(resource.text(value)) (\(resource.isFloor ? "at least" : "at most") \(resource.text(limit)))"
    }
}

/// When a machine is too short of something to start one job more.
public struct PressureGate: Sendable, Equatable {
    /// The limit of each resource that is looked at.
    public var limits: [PressureResource: Double]

    /// Memory at most 10 %, 256 MiB and 1000 files free; disks and processors do not count unless they are given limits.
    public init(limits: [PressureResource: Double] = [.memory: 10, .disk: 268_435_456, .inodes: 1000]) { self.limits = limits }

    /// The limits that the readings pass; what could not be read does not count.
    public func facts(_ readings: [PressureResource: Double]) -> [PressureFact] {
        PressureResource.allCases.compactMap { resource in
            guard let limit = limits[resource], let value = readings[resource] else { return nil }
            let isPassed = resource.isFloor ? value < limit : value > limit
            return isPassed ? PressureFact(resource: resource, value: value, limit: limit) : nil
        }
    }
}
