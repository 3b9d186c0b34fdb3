/// What a commit holds, read from `git ls-tree -r -z --long` as it is printed.
struct GitListing {
    private static let recordLimit = 16 << 10

    private let fileLimit: Int
    private let byteLimit: Int64
    private var record: [UInt8] = []
    private var bytes: Int64 = 0

    /// Files, links and submodules.
    private(set) var count = 0
    /// The path and commit of each submodule.
    private(set) var submodules: [(path: String, commit: String)] = []
    /// The first path, which tells a folder from a file of that name.
    private(set) var firstPath: String?
    /// What speaks against using it; completes "has …".
    private(set) var problem: String?

    init(fileLimit: Int, byteLimit: Int64) {
        self.fileLimit = fileLimit
        self.byteLimit = byteLimit
    }

    /// Takes more of the list.
    /// - Returns: false once there is a problem.
    mutating func add(_ portion: [UInt8]) -> Bool {
        for byte in portion {
            if byte != 0 {
                record.append(byte)
                if record.count > Self.recordLimit { problem = "a path longer than \(Self.recordLimit) bytes" }
            } else {
                finishRecord()
            }
            if problem != nil { return false }
        }
        return true
    }

    /// `MODE TYPE ID SIZE`, a tab, the path.
    private mutating func finishRecord() {
        defer { record = [] }
        guard let tab = record.firstIndex(of: UInt8(ascii: "\t")),
            let path = String(validating: record[(tab + 1)...], as: UTF8.self)
        else { return problem = "a path that is not UTF-8" }
        let fields = String(decoding: record[..<tab], as: UTF8.self).split(separator: " ")
        guard fields.count == 4 else { return problem = "an entry that cannot be read" }
        count += 1
        firstPath = firstPath ?? path
        if fields[1] == "commit" { submodules.append((path, String(fields[2]))) }
        let sum = bytes.addingReportingOverflow(Int64(fields[3]) ?? 0)
        bytes = sum.partialValue
        if count > fileLimit { problem = "more than \(fileLimit) files" }
        if sum.overflow || bytes > byteLimit { problem = "files larger together than \(byteLimit) bytes" }
    }
}
