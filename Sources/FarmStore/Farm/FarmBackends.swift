public import FarmModel

/// The backends of a farm. What changes one is on the disk when the call returns.
///
/// `requester` is who is named to administrators. A farm on another machine names its caller itself.
public protocol FarmBackends: Sendable {
    /// The backends as they are now, in the order of their addresses.
    func backendReports() throws(FarmError) -> [BackendReport]

    /// Adds a backend.
    /// - Returns: false if there is one with this address already, which stays as it is.
    func add(_ backend: BackendRecord, by requester: Requester) throws(FarmError) -> Bool

    /// Removes a backend. What runs on it goes on; what a dead runner left on it is taken for gone.
    /// - Parameter keepsOne: Whether the only one stays.
    func removeBackend(_ address: String, keepsOne: Bool, by requester: Requester) throws(FarmError) -> BackendRemoval

    /// Gives a backend no more jobs; what runs on it goes on.
    /// - Parameter reason: Shown to whoever asks why nothing goes there.
    /// - Returns: false if there is no backend with this address.
    func drainBackend(_ address: String, by requester: Requester, reason: String?) throws(FarmError) -> Bool

    /// Gives a backend jobs again, also one that rests after failures.
    /// - Returns: false if there is no backend with this address.
    func resumeBackend(_ address: String, by requester: Requester) throws(FarmError) -> Bool

    /// Asks those who look after backends, which are runners and servers, to ask one how it is; the answer comes to ``backendReports()``.
    /// - Returns: false if there is no backend with this address.
    func requestProbe(of address: String) throws(FarmError) -> Bool
}

/// What became of a request to remove a backend.
public enum BackendRemoval: String, Sendable {
    /// It is gone.
    case removed
    /// There is none with this address.
    case unknown
    /// It is the only one, and stays.
    case last
}
