internal import FarmModel
internal import FarmStore
internal import Fetching
internal import HostSystem
internal import ToolKit

/// The documents of a Git repository, checked out into a temporary folder that lives as long as this.
final class RemoteDocuments {
    /// The folder with the documents.
    let paths: [String]
    private let folder: String

    private static let patienceMilliseconds: Int64 = 600_000

    /// Fetches `URL[#REF[:FOLDER]]`.
    init(_ text: String, in context: ToolContext) throws(FarmError) {
        let source = Self.source(text)
        folder = try FarmError.wrap { () throws(SystemError) in
            try Files.makeTemporaryFolder(in: Files.temporaryFolder, prefix: "bf-submit-")
        }
        do throws(FetchFailure) {
            var settings = GitSettings()
            settings.schemes.insert(.file)
            let fetching = FetchContext(deadline: Clock.boottimeMilliseconds + Self.patienceMilliseconds)
            try? Files.makeFolder(folder + "/tree", mode: 0o700)
            _ = try GitFetcher(cache: folder + "/mirrors", settings: settings).checkOut(source, into: folder + "/tree", fetching)
            paths = [folder + "/tree"]
        } catch {
            try? Files.removeTree(folder)
            throw FarmError(error.failureClass == .badInput ? .badInput : .unavailable, "--git: \(error.message)")
        }
    }

    deinit { try? Files.removeTree(folder) }

    private static func source(_ text: String) -> GitSource {
        let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let fragment =
            parts.count == 2 ? parts[1].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init) : []
        return GitSource(
            repository: parts[0], reference: fragment.first.flatMap { $0.isEmpty ? nil : $0 },
            subfolder: fragment.count == 2 && !fragment[1].isEmpty ? fragment[1] : nil)
    }
}
