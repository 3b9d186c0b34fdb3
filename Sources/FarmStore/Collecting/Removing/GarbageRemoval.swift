import FarmModel
import HostSystem

/// Removes trees and blobs that nothing refers to. Whoever commits blobs is kept out for the length of one batch.
struct GarbageRemoval {
    let store: Store
    let artifacts: ArtifactsLock
    let trash: Trash
    let conditions: GarbageConditions

    private static let linksAtOnce = 2000

    /// A blob whose row was removed.
    struct RemovedBlob: Sendable {
        var digest: Digest
        var bytes: Int64
    }

    /// Removes the rows of planned trees that still may go.
    func removeTrees() throws(FarmError) {
        var pace = Pace()
        var last: Int64 = 0
        while true {
            let trees = try page(of: "gone_trees", after: last, atMost: pace.count)
            guard let end = trees.last else { return try finishTrees() }
            try pace.measuring { () throws(FarmError) in try artifacts.holding { () throws(FarmError) in try remove(trees: trees) } }
            try finishTrees()
            last = end
        }
    }

    private func remove(trees: [Int64]) throws(FarmError) {
        try store.write(.lazy, rings: false) { transaction throws(FarmError) in
            for tree in trees {
                let sql = "DELETE FROM trees AS t WHERE t.id = ? AND \(conditions.tree)"
                guard try transaction.database.run(sql, tree) == 1 else { continue }
                try transaction.database.run("INSERT INTO removals(kind, id) VALUES('tree', ?)", tree)
                try transaction.database.run("UPDATE packages SET tree = NULL WHERE tree = ?", tree)
            }
        }
    }

    /// Removes what trees had whose own row is gone, some at a time: a tree may have a million files.
    func finishTrees() throws(FarmError) {
        let sql = """
            DELETE FROM tree_blobs WHERE (tree, blob) IN (
                SELECT l.tree, l.blob FROM tree_blobs l WHERE l.tree IN (SELECT id FROM removals WHERE kind = 'tree') LIMIT ?)
            """
        let count = try store.read { database throws(FarmError) in
            try database.first("SELECT count(*) FROM removals WHERE kind = 'tree'") { $0.integer(0) } ?? 0
        }
        guard count > 0 else { return }
        var isDone = false
        while !isDone {
            isDone = try store.write(.lazy, rings: false) { transaction throws(FarmError) in
                let isDone = try transaction.database.run(sql, Self.linksAtOnce) == 0
                if isDone { try transaction.database.run("DELETE FROM removals WHERE kind = 'tree'") }
                return isDone
            }
        }
    }

    /// Removes planned blobs that still may go: the rows, durably, then the files.
    func removeBlobs(_ report: (RemovedBlob) throws -> Void) throws {
        var pace = Pace()
        var last: Int64 = 0
        while true {
            let blobs = try page(of: "gone_blobs", after: last, atMost: pace.count)
            guard let end = blobs.last else { return }
            let removed = try pace.measuring { () throws(FarmError) in
                try artifacts.holding { () throws(FarmError) in
                    let removed = try remove(blobs: blobs)
                    for blob in removed { try trash.take(store.blobs.path(blob.digest), as: blob.digest.hex) }
                    return removed
                }
            }
            try trash.empty()
            for blob in removed { try report(blob) }
            last = end
        }
    }

    private func remove(blobs: [Int64]) throws(FarmError) -> [RemovedBlob] {
        let sql = "DELETE FROM blobs AS b WHERE b.id = ? AND \(conditions.blob) RETURNING digest, bytes"
        return try store.write(.durable, rings: false) { transaction throws(FarmError) in
            var removed: [RemovedBlob] = []
            for blob in blobs {
                let found = try transaction.database.first(sql, blob) { ($0.digest(0), $0.integer(1)) }
                if let found, let digest = found.0 { removed.append(RemovedBlob(digest: digest, bytes: found.1)) }
            }
            return removed
        }
    }

    private func page(of table: String, after id: Int64, atMost count: Int) throws(FarmError) -> [Int64] {
        try store.readWhereWritten { database throws(FarmError) in
            try database.all("SELECT id FROM \(table) WHERE id > ? ORDER BY id LIMIT ?", id, count) { $0.integer(0) }
        }
    }
}
