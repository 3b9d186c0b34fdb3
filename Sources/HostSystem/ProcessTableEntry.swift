/// What the kernel tells of one process in /proc/PID/stat.
struct ProcessTableEntry {
    let state: Character
    let session: Int32
    /// Clock ticks from the boot to the start of the process.
    let startTime: UInt64

    /// The entry of a process; nil when there is no such process.
    init?(_ identifier: Int32) {
        guard identifier > 0, let bytes = try? Files.open("/proc/\(identifier)/stat").readOnce(atMost: 4096) else { return nil }
        self.init(parsing: bytes)
    }

    /// Parses the line of proc(5). The second field is a name in parentheses that may hold anything, so the fields are counted after the
    /// last parenthesis.
    init?(parsing bytes: [UInt8]) {
        guard let parenthesis = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = String(decoding: bytes[(parenthesis + 1)...], as: UTF8.self).split(separator: " ")
        guard fields.count > 19, let state = fields[0].first, let session = Int32(fields[3]), let startTime = UInt64(fields[19])
        else { return nil }
        self.state = state
        self.session = session
        self.startTime = startTime
    }
}
