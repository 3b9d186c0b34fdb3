internal import FarmModel
internal import HostSystem

/// What bubblewrap tells of itself (`--json-status-fd`): one JSON object a line.
struct SandboxStatus {
    /// The sandbox's first process, as the machine numbers it. Its end is the end of all.
    private(set) var firstProcess: ProcessIdentity?
    /// The command's exit code, 128 + n after signal n; nil if it was never run.
    private(set) var exitCode: Int?
    private let descriptor: Descriptor
    private var rest: [UInt8] = []
    private(set) var hasEnded = false

    init(_ descriptor: Descriptor) throws(SystemError) {
        try descriptor.setNonBlocking()
        self.descriptor = descriptor
    }

    /// Reads what is there.
    mutating func read() {
        while let bytes = try? descriptor.read(atMost: 4096) {
            if bytes.isEmpty {
                hasEnded = true
                return
            }
            rest += bytes
            takeLines()
        }
    }

    /// Waits for the sandbox's first process.
    mutating func waitForFirstProcess(until deadline: Int64) -> ProcessIdentity? {
        while firstProcess == nil && !hasEnded {
            let time = deadline - Clock.boottimeMilliseconds
            guard time > 0, (try? Poller.wait([.init(descriptor, .readable)], timeoutMilliseconds: time)) != nil else { return nil }
            read()
        }
        return firstProcess
    }

    private mutating func takeLines() {
        while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
            if let object = (try? JSONParser.parse(bytes: Array(rest[..<end])))?.object { take(object) }
            rest.removeFirst(end + 1)
        }
    }

    private mutating func take(_ object: JSONObject) {
        if let number = object["child-pid"]?.int { firstProcess = ProcessIdentity(of: Int32(clamping: number)) }
        if let code = object["exit-code"]?.int { exitCode = Int(code) }
    }
}
