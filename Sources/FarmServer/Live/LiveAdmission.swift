import FarmModel
import Synchronization

/// Whom a connection's request for a WebSocket was let in as, from the time when that is known to when the socket is there.
final class LiveAdmission: Sendable {
    private let role = Mutex<Role?>(nil)

    func note(_ role: Role) { self.role.withLock { $0 = role } }

    var isGranted: Bool { role.withLock { $0 != nil } }

    var isAdministrator: Bool { role.withLock { $0 == .admin } }
}
