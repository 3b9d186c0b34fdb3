/// A machine architecture under its canonical name; common other names are accepted when read.
public struct Architecture: Sendable, Hashable, Comparable, CustomStringConvertible {
    /// The canonical name: `x86_64`, `aarch64`, `armv7`, `riscv64` or `noarch`.
    public let name: String

    /// All canonical names, in the order messages list them.
    public static let names = ["x86_64", "aarch64", "armv7", "riscv64", "noarch"]

    private static let synonyms = ["amd64": "x86_64", "arm64": "aarch64", "armhf": "armv7", "arm": "armv7", "armv7l": "armv7"]

    /// Reads a canonical name or a synonym (`amd64`, `arm64`, `armhf`, `arm`, `armv7l`); nil for anything else.
    public init?(_ name: String) {
        let canonical = Self.synonyms[name] ?? name
        guard Self.names.contains(canonical) else { return nil }
        self.name = canonical
    }

    private init(canonical: String) { name = canonical }

    /// Runs on every machine.
    public static let noarch = Architecture(canonical: "noarch")

    /// The architecture this program was compiled for.
    public static let native: Architecture = {
        #if arch(x86_64)
            Architecture(canonical: "x86_64")
        #elseif arch(arm64)
            Architecture(canonical: "aarch64")
        #elseif arch(riscv64)
            Architecture(canonical: "riscv64")
        #else
            Architecture(canonical: "armv7")
        #endif
    }()

    /// The canonical name.
    public var description: String { name }

    /// Orders by name.
    public static func < (left: Architecture, right: Architecture) -> Bool { left.name < right.name }
}
