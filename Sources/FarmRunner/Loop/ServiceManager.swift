internal import HostSystem

/// Tells systemd how the runner is doing, by the protocol of sd_notify(3): datagrams to `$NOTIFY_SOCKET`.
struct ServiceManager {
    private let socket: NotifySocket?
    /// Half of the watchdog's time in milliseconds: how often the work loop must say that it is alive. nil without a watchdog.
    let watchdogMilliseconds: Int64?

    init(environment: (String) -> String?) {
        socket = environment("NOTIFY_SOCKET").flatMap(NotifySocket.init(address:))
        watchdogMilliseconds = environment("WATCHDOG_USEC").flatMap(Int64.init).map { max(1, $0 / 2000) }
    }

    /// Ready to work.
    func ready(_ status: String) { socket?.send("READY=1\nSTATUS=\(status)") }
    /// A line for `systemctl status`, and a sign of life.
    func alive(_ status: String) { socket?.send("WATCHDOG=1\nSTATUS=\(status)") }
    /// On the way out; the grace of running jobs may take longer than the unit's stop time-out.
    func stopping() { socket?.send("STOPPING=1\nEXTEND_TIMEOUT_USEC=30000000") }
}
