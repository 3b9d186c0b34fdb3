internal import FarmModel
internal import Glibc
internal import HostSystem

/// The internet for one sandbox, by slirp4netns: connections are made by a helper outside, for the addresses that may be reached.
final class SandboxNetwork {
    /// The helper's virtual network is the whole of the link-local addresses. So these end in the helper, which answers for none of them but
    /// its own, and with `--disable-host-loopback` passes nothing of its own network on: services such as those that hand out a machine's
    /// credentials cannot be reached.
    private static let network = "169.254.0.0/16"
    /// slirp4netns answers name queries at the third address of its network.
    static let resolver = Array("nameserver 169.254.0.3\n".utf8)
    private static let patience: Int64 = 10_000
    private static let device = "/dev/net/tun"

    private let helper: ChildProcess
    /// The helper ends when this is closed, also with this process.
    private let life: Descriptor

    /// Why there can be no network; nil if there can.
    static func problem() -> MissingAbility? {
        if (try? program()) == nil {
            return MissingAbility(
                "a phase with network: internet needs slirp4netns, which is not installed", remedy: "install the package slirp4netns",
                isMissing: true)
        }
        guard access(device, R_OK | W_OK) == 0 else {
            return MissingAbility(
                "a phase with network: internet needs \(device), which this user cannot open",
                remedy: "load the module tun or grant access")
        }
        return nil
    }

    private static func program() throws(SystemError) -> String {
        try ExecutableSearch.path(of: "slirp4netns", environment: ["PATH=" + PhaseVariables.searchPath])
    }

    /// Gives a network to the sandbox with that first process. Returns once it is up.
    init(for process: ProcessIdentity) throws(ExecutionFailure) {
        do {
            let deadline = Clock.boottimeMilliseconds + Self.patience
            try Self.waitForLoopback(of: process, until: deadline)
            let (lifeEnd, life) = try Descriptor.pipe()
            let (readyEnd, ready) = try Descriptor.pipe()
            let messages = try Descriptor.inMemory([])
            var request = SpawnRequest(try Self.arguments(process), environment: [])
            request.standardError = messages
            request.passed = [.init(ready, as: 3), .init(lifeEnd, as: 4)]
            request.diesWithParent = true
            helper = try SpawnThread.shared.spawn(request)
            self.life = life
            ready.close()
            let isReady = try !Poller.wait([.init(readyEnd, .readable)], timeoutMilliseconds: Self.patience).isEmpty
            guard isReady, try readyEnd.read(atMost: 1) == [UInt8(ascii: "1")] else {
                end()
                throw SystemError(code: ENETDOWN, attempt: "set up the network (\(Self.lastLine(of: messages)))", path: nil)
            }
        } catch {
            throw ExecutionFailure(.infrastructure, "the sandbox got no network: \(error)")
        }
    }

    /// Ends the helper.
    func end() {
        life.close()
        try? helper.signal(.kill)
        _ = try? helper.wait()
    }

    private static func arguments(_ process: ProcessIdentity) throws(SystemError) -> [String] {
        [
            try program(), "--configure", "--mtu=65520", "--disable-host-loopback", "--cidr=\(network)", "--enable-sandbox",
            "--enable-seccomp", "--ready-fd=3", "--exit-fd=4", "\(process.identifier)", "tap0",
        ]
    }

    /// bubblewrap brings the loopback interface up itself, and fails when somebody else did so before.
    private static func waitForLoopback(of process: ProcessIdentity, until deadline: Int64) throws(SystemError) {
        while Clock.boottimeMilliseconds < deadline && process.isAlive {
            let table = (try? Files.readAll("/proc/\(process.identifier)/net/fib_trie", limit: 1 << 20)) ?? []
            if String(decoding: table, as: UTF8.self).contains("127.0.0.1") { return }
            usleep(300)
        }
        throw SystemError(code: ETIMEDOUT, attempt: "wait for the sandbox")
    }

    private static func lastLine(of messages: Descriptor) -> String {
        let bytes = (try? messages.read(atMost: 64 * 1024, at: 0)) ?? []
        return String(decoding: bytes.split(separator: UInt8(ascii: "\n")).last ?? [], as: UTF8.self)
    }
}
