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
    /// What a dependency that made nothing is, for phases without isolation.
    public var empty: String { path + "/empty" }
    /// A link in ``dependencies`` to ``empty``, to be given further names there.
    var emptyLink: String { path + "/nothing" }
    /// What that link says.
    static let nothing = "../empty"
    /// What phases change in a root that they may write into.
    public var root: String { path + "/root" }
    /// Where scripts and secrets lie for phases without isolation, while a phase runs.
    public var phase: String { path + "/phase" }

    /// Creates the folders that are missing. The one that holds them may exist already, as the attempt's lock lies in it.
    public func create() throws(SystemError) {
        try Files.makeFolders(path, mode: 0o700)
        for folder in [build, out, temporary, home] {
            do throws(SystemError) { try Files.makeFolder(folder, mode: 0o755) } catch  where error.isExisting {}
        }
    }

    /// Creates what is missing for the links to dependencies.
    func createDependencies() throws(SystemError) {
        for folder in [dependencies, empty] { try Files.makeFolders(folder, mode: 0o755) }
        do throws(SystemError) { try Files.makeSymbolicLink(emptyLink, target: Self.nothing) } catch  where error.isExisting {}
    }

    /// Removes everything; only when no process of the attempt lives any more.
    public func remove() throws(SystemError) { try Files.removeTree(path) }
}
