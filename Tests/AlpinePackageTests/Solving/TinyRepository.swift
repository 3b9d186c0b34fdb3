import Testing

@testable import AlpinePackage

/// Sources written as one line a package: `name version`, and then fields of an index with commas between terms:
/// `curl 8.1-r0 D:so:libz.so.1,zlib>=1 p:cmd:curl=8.1-r0 k:10`.
extension PackageSource {
    init(_ text: String, name: String = "main", tag: String? = nil, isPreferred: Bool = false) throws {
        let entries = text.split(separator: "\n").map { line in
            let words = line.split(separator: " ")
            let fields = words.dropFirst(2).map { $0.prefix(2) + $0.dropFirst(2).split(separator: ",").joined(separator: " ") + "\n" }
            return "P:\(words[0])\nV:\(words[1])\n" + fields.joined() + "\n"
        }
        let packages = try PackageIndex(parsing: Array(entries.joined().utf8)).packages
        self.init(name: name, tag: tag, isPreferred: isPreferred, packages: packages)
    }
}

/// What is chosen, `name-version` each, in order.
func chosen(_ world: String, from sources: PackageSource..., architecture: String = "x86_64") throws -> [String] {
    let solver = PackageSolver(sources: sources, architecture: architecture)
    return try solver.solve(terms(world)).map { "\($0.record.name)-\($0.record.version)" }
}

/// What is chosen, in order of names.
func chosen(_ world: String, from text: String) throws -> String {
    try chosen(world, from: PackageSource(text)).sorted().joined(separator: " ")
}

/// Why nothing is chosen.
func failure(_ world: String, from sources: PackageSource...) throws -> SolverFailure {
    let solver = PackageSolver(sources: sources, architecture: "x86_64")
    let world = try terms(world)
    return try #require(throws: SolverFailure.self) { try solver.solve(world) }
}

private func terms(_ text: String) throws -> [Dependency] { try text.split(separator: " ").map { try Dependency($0) } }
