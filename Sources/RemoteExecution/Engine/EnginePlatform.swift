internal import FarmModel

/// Architectures in the words of OCI images.
enum EnginePlatform {
    private static let names = ["x86_64": "amd64", "aarch64": "arm64", "armv7": "arm/v7", "riscv64": "riscv64"]
    private static let architectures = ["amd64": "x86_64", "arm64": "aarch64", "arm": "armv7", "riscv64": "riscv64"]

    /// For instance `linux/arm64`; nil for `noarch`.
    static func name(_ architecture: Architecture) -> String? { names[architecture.name].map { "linux/" + $0 } }

    /// The architecture of Go's name for a processor.
    static func architecture(_ name: String) -> Architecture? { architectures[name].flatMap { Architecture($0) } }
}
