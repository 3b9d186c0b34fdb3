internal import HostSystem
internal import Synchronization

/// What the kernel counts in the groups of one slot. Its files stay open: to open one costs more than to read it.
///
/// What only processes bring about (their time, their end for want of memory) stands still while none lives in the groups: what was read
/// then holds until the next one is started. What went to disks does not, as the kernel writes later.
final class ControlGroupCounters: Sendable {
    private struct Kept {
        var isQuiet = false
        var time: ControlGroupSlot.ProcessorTime?
        var outOfMemoryKills: Int64?
    }

    /// Far more than any of the files has; `io.stat` has a line for each disk.
    private static let limit = 64 << 10

    private let events: Descriptor?
    private let statistics: Descriptor?
    private let transfers: Descriptor?
    private let memoryEvents: Descriptor?
    private let peak: Descriptor?
    private let peakReset: String
    private let kept = Mutex<Kept>(Kept())

    /// Opens the files of existing groups.
    /// - Parameters:
    ///   - second: the group of version 2.
    ///   - firstMemory: the group of version 1's memory controller, where that is the one in use.
    init(second: String?, controllers: Set<ControlGroupLayout.Controller>, firstMemory: String?) {
        func file(_ folder: String?, _ name: String, _ options: OpenOptions = .read) -> Descriptor? {
            folder.flatMap { try? Files.open("\($0)/\(name)", options) }
        }
        let memory = controllers.contains(.memory) ? second : nil
        events = file(second, "cgroup.events")
        statistics = file(second, "cpu.stat")
        transfers = file(controllers.contains(.io) ? second : nil, "io.stat")
        memoryEvents = memory == nil ? file(firstMemory, "memory.oom_control") : file(memory, "memory.events")
        peak =
            memory == nil ? file(firstMemory, "memory.max_usage_in_bytes", [.read, .write]) : file(memory, "memory.peak", [.read, .write])
        peakReset = memory == nil ? "0" : "reset"
    }

    /// A process is about to be started.
    func begin() { kept.withLock { $0 = Kept() } }

    /// Nothing lives in the groups.
    func settle() { kept.withLock { $0.isQuiet = true } }

    /// Whether anything lives in the group of version 2 or beneath; nil where that is not known.
    var isPopulated: Bool? { number(events, "populated").map { $0 != 0 } }

    /// As ``ControlGroupSlot/processorTime()``.
    func processorTime() -> ControlGroupSlot.ProcessorTime? {
        reading(\.time) {
            guard let text = Self.text(of: statistics), let user = ControlGroupFile.number(in: text, key: "user_usec"),
                let system = ControlGroupFile.number(in: text, key: "system_usec")
            else { return nil }
            return .init(user: user, system: system)
        }
    }

    /// As ``ControlGroupSlot/outOfMemoryKills()``.
    func outOfMemoryKills() -> Int64? { reading(\.outOfMemoryKills) { number(memoryEvents, "oom_kill") } }

    /// As ``ControlGroupSlot/transfer()``.
    func transfer() -> DiskTransfer? { Self.text(of: transfers).map { DiskTransfer(ioStat: $0) } }

    /// As ``ControlGroupSlot/beginMemoryCount()``.
    func beginMemoryCount() -> MemoryCount? { peak.flatMap { MemoryCount(peakFile: $0, reset: peakReset) } }

    private func reading<Value: Sendable>(_ member: WritableKeyPath<Kept, Value?>, _ read: () -> Value?) -> Value? {
        if let value = kept.withLock({ $0.isQuiet ? $0[keyPath: member] : nil }) { return value }
        let value = read()
        kept.withLock { if $0.isQuiet { $0[keyPath: member] = value } }
        return value
    }

    private func number(_ file: Descriptor?, _ key: String) -> Int64? {
        Self.text(of: file).flatMap { ControlGroupFile.number(in: $0, key: key) }
    }

    private static func text(of file: Descriptor?) -> String? {
        guard let bytes = try? file?.readOnce(atMost: limit) else { return nil }
        return String(decoding: bytes, as: UTF8.self)
    }
}
