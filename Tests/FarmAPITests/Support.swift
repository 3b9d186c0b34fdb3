import FarmAPI
import FarmModel
import Foundation

/// The text of a file below `Fixtures`.
func fixture(_ path: String) throws -> String {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures")
    return try String(contentsOf: folder.appendingPathComponent(path), encoding: .utf8)
}

/// A value as a client of a service written in Go reads it.
func goText(_ value: JSONValue) -> String { String(decoding: GoText.json(value), as: UTF8.self) }

/// A melange configuration of a package that needs others.
func configuration(_ name: String, _ packages: [String] = []) -> String {
    let list = packages.isEmpty ? "" : "environment:\n  contents:\n    packages:\n" + packages.map { "      - \($0)\n" }.joined()
    return "package:\n  name: \(name)\n  version: 1.0.0\n" + list
}

extension JSONValue {
    /// A text that is JSON.
    init(json text: String) throws { self = try JSONParser.parse(text) }
}

extension BuildTally {
    init(pending: Int = 0, running: Int = 0, success: Int = 0, failed: Int = 0, skipped: Int = 0, cancelled: Int = 0) {
        self.init()
        (self.pending, self.running, self.success) = (pending, running, success)
        (self.failed, self.skipped, self.cancelled) = (failed, skipped, cancelled)
    }
}
