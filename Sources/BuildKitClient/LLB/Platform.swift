public import FarmModel
internal import SwiftProtobuf

/// What a step runs on, in the words of container images.
public struct Platform: Sendable, Hashable, CustomStringConvertible {
    /// `linux`
    public var system: String
    /// For instance `amd64`.
    public var architecture: String
    /// For instance `v7`; empty for most.
    public var variant: String

    /// A platform by its words.
    public init(system: String = "linux", architecture: String, variant: String = "") {
        self.system = system
        self.architecture = architecture
        self.variant = variant
    }

    /// The platform of an architecture; nil for `noarch`, which is every platform.
    public init?(_ architecture: Architecture) {
        switch architecture.name {
        case "x86_64": self.init(architecture: "amd64")
        case "aarch64": self.init(architecture: "arm64")
        case "armv7": self.init(architecture: "arm", variant: "v7")
        case "riscv64": self.init(architecture: "riscv64")
        default: return nil
        }
    }

    /// The architecture, if it is one of bf's; the older variants of `amd64` and `arm` are none.
    public var farmArchitecture: Architecture? {
        guard system == "linux" else { return nil }
        switch (architecture, variant) {
        case ("amd64", ""), ("arm64", _), ("riscv64", _), ("arm", "v7"), ("arm", ""): return Architecture(architecture)
        default: return nil
        }
    }

    /// `linux/amd64`
    public var description: String { [system, architecture, variant].filter { !$0.isEmpty }.joined(separator: "/") }

    init(_ message: Pb_Platform) { self.init(system: message.os, architecture: message.architecture, variant: message.variant) }

    var message: Pb_Platform {
        .with {
            $0.os = system
            $0.architecture = architecture
            $0.variant = variant
        }
    }
}
