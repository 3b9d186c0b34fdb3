import Execution
import HostSystem

/// What an attempt runs, as a file beside its lock tells it to those who may have to kill it: `PID START BOOT` on the first line, then a
/// control group a line. The job itself never sees the file: what stands there is killed.
struct AttemptProcess: Equatable {
    var identity: ProcessIdentity
    var controlGroups: [String]

    private static let limit = 64 << 10

    init(_ process: StartedProcess) {
        identity = process.identity
        controlGroups = process.controlGroups
    }

    /// Parses the content of the file; nil if nothing was recorded, or what was is forgotten: then the first line is empty, whatever follows.
    init?(parsing text: String) {
        guard !text.hasPrefix("\n") else { return nil }
        let lines = text.split(separator: "\n").map(String.init)
        let fields = lines.first?.split(separator: " ") ?? []
        guard fields.count == 3, let pid = Int32(fields[0]), let start = UInt64(fields[1]) else { return nil }
        identity = ProcessIdentity(identifier: pid, startTime: start, bootIdentifier: String(fields[2]))
        controlGroups = Array(lines.dropFirst())
    }

    /// What a file tells; nil if it is missing or tells nothing.
    init?(file path: String) {
        guard let bytes = try? Files.readAll(path, limit: Self.limit) else { return nil }
        self.init(parsing: String(decoding: bytes, as: UTF8.self))
    }

    /// The content of the file.
    var text: String {
        (["\(identity.identifier) \(identity.startTime) \(identity.bootIdentifier)"] + controlGroups).joined(separator: "\n") + "\n"
    }

    /// Records it in a file of its own.
    func record(at path: String) throws(SystemError) { try AttemptProcessFile().record(self, at: path) }
}
