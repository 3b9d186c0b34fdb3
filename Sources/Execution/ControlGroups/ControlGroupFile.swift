internal import HostSystem

/// The small files of control groups.
enum ControlGroupFile {
    /// The content without the line end; nil where it cannot be read.
    static func read(_ folder: String, _ name: String) -> String? {
        guard let bytes = try? Files.readAll("\(folder)/\(name)", limit: 1 << 20) else { return nil }
        return String(decoding: bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...], as: UTF8.self)
    }

    /// Writes a value. The kernel takes it in one call or refuses it.
    static func write(_ value: String, _ folder: String, _ name: String) throws(SystemError) {
        do {
            try Files.open("\(folder)/\(name)", .write).writeAll(Array(value.utf8))
        } catch {
            throw SystemError(code: error.code, attempt: "write \(value) to", path: "\(folder)/\(name)")
        }
    }

    /// The number after a key, for instance 7 of `oom_kill 7`.
    static func number(_ folder: String, _ name: String, key: String) -> Int64? {
        read(folder, name).flatMap { number(in: $0, key: key) }
    }

    /// The number after a key in the content of a file: some files are costly to read, as the kernel adds them up each time.
    static func number(in text: String, key: String) -> Int64? {
        text.split(separator: "\n").first { $0.hasPrefix(key + " ") }.flatMap { Int64($0.dropFirst(key.utf8.count + 1)) }
    }

    /// The processes of a group; those of other pid namespaces, shown as 0, are left out.
    static func processes(_ folder: String) -> [Int32] {
        (read(folder, "cgroup.procs") ?? "").split(separator: "\n").compactMap { Int32($0) }.filter { $0 > 0 }
    }

    /// Whether a file is there.
    static func exists(_ folder: String, _ name: String) -> Bool {
        ((try? Files.statusIfPresent("\(folder)/\(name)")) ?? nil) != nil
    }
}
