internal import FarmStore
internal import HostSystem
internal import Synchronization

/// One place for a running job: a thread that takes claims from its mailbox and, while there are any, claims further ones by itself.
final class Slot: Sendable {
    let number: Int
    private let wake: EventDescriptor
    private let mailbox = Mutex<Mail>(.none)

    private enum Mail: Sendable {
        case none
        case job(Claim)
        case end
    }

    /// Starts the thread. `work` runs one claim and gives the next; without one the slot is idle, which `rest` is told.
    init(
        number: Int, work: @escaping @Sendable (Claim, Int) -> Claim?, rest: @escaping @Sendable (Int) -> Void
    ) throws(SystemError) {
        self.number = number
        wake = try EventDescriptor()
        try Threads.start { [self] in
            while let first = receive() {
                var claim: Claim? = first
                while let current = claim { claim = work(current, number) }
                rest(number)
            }
        }
    }

    /// Gives the slot a job; it must be idle.
    func run(_ claim: Claim) { put(.job(claim)) }

    /// Lets the thread end once it is idle.
    func end() { put(.end) }

    private func put(_ mail: Mail) {
        mailbox.withLock { $0 = mail }
        try? wake.raise()
    }

    private func receive() -> Claim? {
        while true {
            _ = try? Poller.wait([Poller.Interest(wake.descriptor, .readable)], timeoutMilliseconds: nil)
            _ = try? wake.lower()
            let mail = mailbox.withLock { mail in
                defer { mail = .none }
                return mail
            }
            switch mail {
            case .none: continue
            case .job(let claim): return claim
            case .end: return nil
            }
        }
    }
}
