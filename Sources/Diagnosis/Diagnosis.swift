internal import Execution
public import FarmModel
public import FarmStore
internal import HostSystem

/// Finds out what is installed, usable or dangerous for a farm on this machine. Nothing is made or changed.
public struct Diagnosis: Sendable {
    private let directory: Result<StateDirectory, FarmError>
    private let searchPath: String
    private let configuration: String?

    private static let usualSearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// Prepares to look.
    /// - Parameters:
    ///   - directory: the state directory, whether it is there or not; or why there is none.
    ///   - environment: looks up a variable.
    public init(_ directory: Result<StateDirectory, FarmError>, environment: (String) -> String?) {
        self.directory = directory
        searchPath = environment("PATH") ?? Self.usualSearchPath
        configuration = environment("XDG_CONFIG_HOME") ?? environment("HOME").map { $0 + "/.config" }
    }

    /// Looks at everything, in the order in which people want to read it.
    public func run() -> [CheckRecord] {
        let content = content
        let clock = ClockFacts(
            now: Clock.wallMilliseconds, isSynchronised: Clock.isSynchronised, newestEvent: content?.newestEvent,
            bootIdentifier: Clock.bootIdentifier)
        let groups = [
            SandboxFacts.probe().checks, [ControlGroupSurvey().check], state, content?.checks ?? [], pool(content),
            [DatabaseLibraryFacts(version: DatabaseSurvey.libraryVersion).check], clock.checks, LimitFacts.probe().checks,
            ToolFacts.probe(searchPath: searchPath).map(\.check), [ServiceFacts.probe(configuration: configuration).check],
        ]
        return Array(groups.joined())
    }

    private var state: [CheckRecord] {
        switch directory {
        case .failure(let error): [CheckRecord("state", error)]
        case .success(let directory):
            [StateFolderFacts.probe(directory.path).check] + (FileSystemFacts.probe(directory.path)?.checks ?? [])
        }
    }

    /// The farm's backends, where there is a farm.
    private func pool(_ content: StateContentFacts?) -> [CheckRecord] {
        guard case .readable(let survey)? = content?.database else { return [] }
        let now = Moment(
            wallMilliseconds: Clock.wallMilliseconds, bootMilliseconds: Clock.boottimeMilliseconds, bootIdentifier: Clock.bootIdentifier)
        return PoolFacts(backends: survey.backends, now: now).checks
    }

    /// What lies in the state directory; nil where there is none that can be used. One on a network file system is not opened.
    private var content: StateContentFacts? {
        guard case .success(let directory) = directory, case .folder(_, _, isUsable: true) = StateFolderFacts.probe(directory.path).kind,
            FileSystemFacts.probe(directory.path)?.isNetwork != true
        else { return nil }
        return StateContentFacts.probe(directory)
    }
}
