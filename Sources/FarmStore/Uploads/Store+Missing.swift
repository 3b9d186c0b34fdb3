public import FarmModel

extension Store {
    private static let pageSize = 500

    /// Those digests whose files are not in the store, in the same order. What is there now may be collected before it is used, unless
    /// something keeps it: ``Uploads/addTree(_:owner:)`` looks again.
    /// - Throws: `badInput` for more than 10000 digests.
    public func missingBlobs(_ digests: [Digest]) throws(FarmError) -> [Digest] {
        guard digests.count <= UploadLimits.digestsAtOnce else {
            throw FarmError(.badInput, "more than \(UploadLimits.digestsAtOnce) digests at once; ask for some at a time")
        }
        let known = try blobSizes(digests)
        return digests.filter { known[$0] == nil }
    }

    /// Those digests that are no trees of the store, in the same order.
    public func missingTrees(_ digests: [Digest]) throws(FarmError) -> [Digest] {
        var missing: [Digest] = []
        for page in digests.pages(of: Self.pageSize) {
            missing += try read { database throws(FarmError) in
                var missing: [Digest] = []
                for digest in page where try database.first("SELECT 1 FROM trees WHERE digest = ?", digest, map: { _ in true }) == nil {
                    missing.append(digest)
                }
                return missing
            }
        }
        return missing
    }

    /// The sizes of those files that are in the store: known to the database, and there. A damaged copy was moved aside and has to come again.
    func blobSizes(_ digests: [Digest]) throws(FarmError) -> [Digest: Int64] {
        var sizes: [Digest: Int64] = [:]
        for page in digests.pages(of: Self.pageSize) {
            let known = try read { database throws(FarmError) in
                var known: [(Digest, Int64)] = []
                for digest in page {
                    if let bytes = try database.first("SELECT bytes FROM blobs WHERE digest = ?", digest, map: { $0.integer(0) }) {
                        known.append((digest, bytes))
                    }
                }
                return known
            }
            for (digest, bytes) in known where blobs.contains(digest) { sizes[digest] = bytes }
        }
        return sizes
    }
}

extension Array {
    /// Pieces of at most `size` elements: no query shall take long.
    fileprivate func pages(of size: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
    }
}
