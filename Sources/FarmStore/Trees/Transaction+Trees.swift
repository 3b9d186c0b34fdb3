import FarmModel

extension Transaction {
    /// Notes a tree whose blobs are in the store. The caller holds a ``BlobSession`` and refers to the tree in the same transaction.
    func insert(_ tree: StoredTree) throws(FarmError) {
        let known = try database.first("SELECT 1 FROM trees WHERE digest = ?", tree.digest) { _ in true } ?? false
        guard !known else { return }
        try database.run(
            "INSERT INTO trees(digest, bytes, files, created_ms) VALUES(?, ?, ?, ?)", tree.digest, tree.bytes, tree.files,
            now.wallMilliseconds)
        let row = database.lastInsertedRow
        for (digest, size) in tree.blobs {
            try database.run(
                "INSERT OR IGNORE INTO blobs(digest, bytes, created_ms) VALUES(?, ?, ?)", digest, size, now.wallMilliseconds)
            try database.run("INSERT OR IGNORE INTO tree_blobs(tree, blob) SELECT ?, id FROM blobs WHERE digest = ?", row, digest)
        }
    }
}
