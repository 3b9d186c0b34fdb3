import FarmModel
import PackageFiles
import TestSupport

@testable import PackageWriting

/// Packages in memory, for tests of what is found in them.
struct TestPackage {
    var body: PackageBody
    var files: [(path: String, content: [UInt8], mode: UInt32)] = []
    var links: [(path: String, target: String)] = []
    var folders: [String] = []

    init(_ name: String = "hello", version: String = "1.2-r3", architecture: String = "x86_64") {
        body = PackageBody(folder: name, name: name, version: version, architecture: architecture, origin: name, buildTime: 0)
    }

    func file(_ path: String, _ content: String = "", mode: UInt32 = 0o644) -> TestPackage { file(path, Array(content.utf8), mode: mode) }

    func file(_ path: String, _ content: [UInt8], mode: UInt32 = 0o644) -> TestPackage {
        var copy = self
        copy.files.append((path, content, mode))
        return copy
    }

    func elf(_ path: String, _ builder: ELFBuilder, mode: UInt32 = 0o755) -> TestPackage { file(path, builder.bytes, mode: mode) }

    func link(_ path: String, _ target: String) -> TestPackage {
        var copy = self
        copy.links.append((path, target))
        return copy
    }

    func folder(_ path: String) -> TestPackage {
        var copy = self
        copy.folders.append(path)
        return copy
    }

    func with(_ change: (inout PackageBody) -> Void) -> TestPackage {
        var copy = self
        change(&copy.body)
        return copy
    }

    /// Written to a folder and read from there, as outputs of builds are.
    func scanned(in place: TemporaryFolder) throws -> ScannedPackage {
        try place.makeFolder(body.folder)
        for folder in folders { try place.makeFolder("\(body.folder)/\(folder)") }
        for (path, content, mode) in files { try place.write(content, to: "\(body.folder)/\(path)", mode: mode) }
        for (path, target) in links { try place.link("\(body.folder)/\(path)", target) }
        return try ScannedPackage(body, try PackageTree(reading: try place.open(body.folder)))
    }
}

/// What the last of some packages needs and offers.
func relations(of packages: TestPackage...) throws -> PackageRelations {
    let place = try TemporaryFolder()
    return try withExtendedLifetime(place) {
        let scanned = try packages.map { try $0.scanned(in: place) }
        return try PackageRelations(of: scanned[scanned.count - 1], in: try ScannedBuild(scanned))
    }
}

extension PackageRelations {
    /// What it needs, and what it offers.
    var pair: [[String]] { [dependencies, provides] }
}
