import BuildGraph
import FarmAPI
import FarmModel
import Fetching
import HostSystem

/// The configurations of a build that are files of a repository: fetched while the request waits.
struct GitConfigurations {
    private let source: MelangeGitSource
    private let cache: String

    /// A client gives up soon after this.
    private static let patienceMilliseconds: Int64 = 55_000
    private static let fileLimit = 1_000

    /// - Parameter cache: The folder of the mirrors.
    init(_ source: MelangeGitSource, cache: String) {
        self.source = source
        self.cache = cache
    }

    /// The texts in the order of their paths.
    func texts() throws(MelangeError) -> [String] {
        do {
            let folder = try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "bf-serve-")
            defer { try? Files.removeTree(folder) }
            let context = FetchContext(deadline: Clock.boottimeMilliseconds + Self.patienceMilliseconds)
            _ = try GitFetcher(cache: cache).checkOut(gitSource, into: folder, context)
            return try read(folder)
        } catch let error as MelangeError {
            throw error
        } catch let error as FetchFailure {
            throw .loadingConfigs("cloning repository \(CredentialMask.masked(source.repository)): \(error.message)")
        } catch { throw .loadingConfigs("\(error)") }
    }

    private var gitSource: GitSource {
        let reference = source.reference
        let isCommit = reference.map { $0.utf8.count == 40 && $0.allSatisfy { $0.isHexDigit && !$0.isUppercase } } == true
        return GitSource(
            repository: source.repository, reference: isCommit ? nil : reference, commit: isCommit ? reference : nil, subfolder: subfolder)
    }

    /// The folder without `.` parts, which Git does not know.
    private var subfolder: String? {
        let names = (source.path ?? "").split(separator: "/").filter { $0 != "." }
        return names.isEmpty ? nil : names.joined(separator: "/")
    }

    private func read(_ path: String) throws -> [String] {
        let folder = try Files.open(path, [.read, .folder])
        var texts: [String] = []
        var bytes = 0
        let pattern = (source.pattern ?? MelangeGitSource.usualPattern).split(separator: "/").map(String.init)
        for path in try paths(pattern[...], in: folder) {
            // Neither a link nor anything outside of the repository.
            let file = try Files.open(path, beneath: folder, [.read, .nonBlocking])
            guard try file.status().type == .regular else { continue }
            let content = try file.readAll(limit: MelangeError.bodyLimit)
            bytes += content.count
            guard bytes <= MelangeError.bodyLimit else { throw MelangeError.loadingConfigs("the files are larger than 10 MiB together") }
            guard let text = String(validating: content, as: UTF8.self) else { throw MelangeError.loadingConfigs("\(path) is not UTF-8") }
            texts.append(text)
        }
        if texts.isEmpty { throw source.nothingFound }
        return texts
    }

    /// The files that a pattern means, folder by folder: no part of it matches a slash.
    private func paths(_ pattern: ArraySlice<String>, in folder: Descriptor) throws -> [String] {
        guard let first = pattern.first else { return [] }
        let glob = BuildGraph.Glob(first)
        let rest = pattern.dropFirst()
        var paths: [String] = []
        for entry in try folder.entries(limit: 100_000) {
            guard let name = entry.name, glob.matches(name) else { continue }
            if rest.isEmpty {
                if entry.type == .regular { paths.append(name) }
            } else if entry.type == .folder {
                paths += try self.paths(rest, in: try Files.open(name, beneath: folder, [.read, .folder])).map { "\(name)/\($0)" }
            }
            guard paths.count <= Self.fileLimit else { throw MelangeError.loadingConfigs("more than \(Self.fileLimit) files match") }
        }
        return paths
    }
}
