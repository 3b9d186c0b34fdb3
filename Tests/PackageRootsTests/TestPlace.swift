import FarmModel
import Fetching
import HostSystem
import PackageFiles
import Testing

@testable import PackageRoots

/// A folder for one test, removed with it: a repository in it, a cache, and what was logged.
final class TestPlace {
    let path: String
    private(set) var log: [String] = []

    init() throws { path = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "roots-") }

    deinit { try? Files.removeTree(path) }

    func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }

    var context: FetchContext { FetchContext(deadline: Clock.boottimeMilliseconds + 60_000) { [self] in log.append($0) } }

    var builder: PackageEnvironmentBuilder { PackageEnvironmentBuilder(cache: self("cache")) }

    var local: LocalRepository { LocalRepository(name: "packages", folder: self("repository")) }

    func write(_ bytes: [UInt8], to name: String) throws {
        let path = self(name)
        try Files.makeFolders(String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)]))
        try Files.writeAtomically(bytes, to: path)
    }

    /// Puts packages and their index into the repository.
    func publish(_ packages: [TestPackage], key: PrivateKey? = nil) throws {
        for package in packages { try write(package.bytes, to: "repository/x86_64/\(package.fileName)") }
        try write(try TestPackage.index(of: packages, key: key), to: "repository/x86_64/APKINDEX.tar.gz")
    }

    func environment(_ packages: [String]) -> PackageEnvironment { PackageEnvironment(repositories: [], keys: [], packages: packages) }

    /// The root of an environment of the repository's packages.
    func root(_ environment: PackageEnvironment) throws -> PreparedRoot {
        let lock = try builder.resolve(environment, architecture: try #require(Architecture("x86_64")), local: [local], context: context)
        return try builder.root(for: lock, local: [local], context: context)
    }

    func text(_ name: String) throws -> String { String(decoding: try Files.readAll(name, limit: 1 << 24), as: UTF8.self) }

    /// Everything beneath a folder, one line each: path, type, mode, time, and what a link says or how many bytes a file has.
    static func listing(_ folder: String, _ prefix: String = "") throws -> [String] {
        try Files.entries(of: folder).flatMap { entry -> [String] in
            let name = try #require(entry.name)
            let status = try Files.status("\(folder)/\(name)")
            let line = "\(prefix)\(name) \(String(status.permissions, radix: 8)) \(status.modifiedNanoseconds / 1_000_000_000)"
            switch status.type {
            case .folder: return [line + " folder"] + (try listing("\(folder)/\(name)", "\(prefix)\(name)/"))
            case .symbolicLink: return ["\(line) -> \(String(decoding: try Files.linkTarget("\(folder)/\(name)"), as: UTF8.self))"]
            default:
                let content = try Files.readAll("\(folder)/\(name)", limit: 1 << 24)
                return ["\(line) \(Digest.of(content).hex)"]
            }
        }
    }
}

/// What something failed with; a test failure if it went well.
func failure<T>(_ body: () throws -> T) -> EnvironmentFailure {
    do {
        let value = try body()
        Issue.record("succeeded with \(value)")
    } catch let error as EnvironmentFailure {
        return error
    } catch {
        Issue.record("failed with \(error)")
    }
    return EnvironmentFailure(nil, "")
}
