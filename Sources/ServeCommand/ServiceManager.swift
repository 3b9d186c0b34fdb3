internal import HostSystem
internal import ToolKit

/// Tells systemd, if it started the server, that it is ready.
struct ServiceManager {
    private let context: ToolContext

    init(_ context: ToolContext) { self.context = context }

    func ready() {
        context.environment("NOTIFY_SOCKET").flatMap { NotifySocket(address: $0) }?.send("READY=1")
    }
}
