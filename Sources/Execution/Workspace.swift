internal import FarmModel
public import HostSystem

/// The folders of one attempt on this machine.
public struct Workspace: Sendable, Equatable {
    /// The folder that holds them all.
    public let path: String

    /// Names a workspace; nothing is touched.
    public init(path: String) { self.path = path }

    /// Sources and intermediate files, `/build` of the phases.
    public var build: String { path + "/build" }
    /// The outputs, `$BF_OUT`.
    public var out: String { path + "/out" }
    /// The phases' `/tmp`.
    public var temporary: String { path + "/tmp" }
    /// The phases' home.
    public var home: String { path + "/home" }
    /// Where the trees of other jobs lie for phases without isolation.
    public var dependencies: String { path + "/deps" }
    /// Copies of these trees, for phases without isolation.
    public var needs: String { path + "/needs" }
    /// Where scripts and secrets lie for phases without isolation, while a phase runs.
    public var phase: String { path + "/phase" }

    /// Creates the folders that are missing. The one that holds them may exist already, as the attempt's lock lies in it.
    public func create() throws(SystemError) {
        try Files.makeFolders(path, mode: 0o700)
        for folder in [build, out, temporary, home] {
            do throws(SystemError) { try Files.makeFolder(folder, mode: 0o755) } catch  where error.isExisting {}
        }
    }

    /// Removes everything; only when no process of the attempt lives any more.
    public func remove() throws(SystemError) { try Files.removeTree(path) }
}
