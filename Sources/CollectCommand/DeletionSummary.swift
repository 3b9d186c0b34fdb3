import FarmModel
import ToolKit

/// Counts what was removed, for one line to people.
struct DeletionSummary {
    private var counts: [DeletionRecord.Kind: Int] = [:]
    private var bytes: Int64 = 0
    private(set) var hasRecords = false

    mutating func add(_ record: DeletionRecord) {
        hasRecords = true
        guard record.outcome != .kept else { return }
        counts[record.type, default: 0] += 1
        bytes += record.bytes ?? 0
    }

    /// For instance `removed 3 builds, 1 cache: 1.2GiB`.
    func text(isDryRun: Bool) -> String {
        let parts = DeletionRecord.Kind.allCases.compactMap { kind in
            counts[kind].map { CountText.of($0, kind.noun, kind.nouns) }
        }
        guard !parts.isEmpty else { return isDryRun ? "nothing would be removed" : "nothing was removed" }
        return "\(isDryRun ? "would remove" : "removed") \(parts.joined(separator: ", ")): \(SizeText.text(bytes: bytes))"
    }
}

extension DeletionRecord.Kind {
    fileprivate var noun: String {
        switch self {
        case .build: "build"
        case .log: "log"
        case .artifact: "artifact"
        case .blob: "file"
        case .session: "interrupted upload"
        case .work: "work folder"
        case .cache: "cache"
        case .leftover: "leftover"
        }
    }

    fileprivate var nouns: String { noun + "s" }
}
