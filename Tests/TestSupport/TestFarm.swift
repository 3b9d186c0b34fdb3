public import FarmModel
public import FarmStore
internal import HostSystem

/// A state directory for one test, open, and removed with it.
public final class TestFarm: Sendable {
    /// The folder that holds the state directory.
    public let folder: TemporaryFolder
    /// The state directory.
    public let directory: StateDirectory
    /// The open store.
    public let store: Store

    /// Makes an empty farm, by default in a folder of its own.
    public init(in folder: TemporaryFolder? = nil) throws {
        self.folder = try folder ?? TemporaryFolder()
        directory = StateDirectory(path: self.folder("state"))
        store = try Store.open(directory, command: "test") { _ in }
    }

    /// A further connection, as another process would have it.
    public func openAgain() throws(FarmError) -> Store { try Store.open(directory, command: "test") { _ in } }

    /// Stores a submission that must be new.
    @discardableResult
    public func submit(_ submission: Submission) throws -> BuildRecord { try store.submitNew(submission) }

    /// The jobs of a build by name.
    public func jobs(of build: BuildID) throws(FarmError) -> [String: JobRecord] {
        Dictionary(try store.jobs(of: build).map { ($0.identity.name, $0) }) { first, _ in first }
    }

    /// The states of a build's jobs by name.
    public func states(of build: BuildID) throws(FarmError) -> [String: JobState] { try jobs(of: build).mapValues(\.state) }
}

/// What a command throws, or nil; for tests of errors' exit statuses and messages.
public func failure(_ body: () throws(FarmError) -> Void) -> FarmError? {
    do throws(FarmError) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// A submission that should have been new made the build of an earlier one.
public struct NotNew: Error {
    /// Creates the error.
    public init() {}
}

extension Store {
    /// Stores a submission that must be new.
    @discardableResult
    public func submitNew(_ submission: Submission) throws -> BuildRecord {
        guard case .created(let build) = try submit(submission) else { throw NotNew() }
        return build
    }
}
