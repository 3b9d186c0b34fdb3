import FarmModel
import HostSystem

/// Files that the database does not know, and what the dead left.
extension Collector {
    func collectStrays() throws {
        try collectStrayLogs()
        try collectStrayBlobs()
        try collectSessions()
        try collectUploads()
    }

    private func collectStrayLogs() throws {
        let logs = LogFolders(store: store)
        for build in logs.builds {
            guard let fault = try logs.fault(of: build) else { continue }
            let bytes = logs.bytes(of: build)
            switch fault {
            case .noBuild:
                // A build is stored before it has logs, and its id is never given again.
                if !isDryRun { try remove(store.directory.logs(build)) }
                try tell(.log, build.description, bytes: bytes, "its build is gone")
            case .removed:
                if !isDryRun {
                    let trash = try Trash(store.directory)
                    try ContentRemoval(store: store, now: now).takeLogs(of: [build], into: trash)
                    try trash.empty()
                }
                try tell(.log, build.description, bytes: bytes, "an interrupted bf-gc had begun to remove it")
            }
        }
    }

    private func collectStrayBlobs() throws {
        let files = BlobFiles(store: store, now: now)
        let artifacts = try ArtifactsLock(store.directory)
        for folder in files.folders {
            var candidates = try files.strays(in: folder)[...]
            var pace = Pace()
            while !candidates.isEmpty {
                let batch = Array(candidates.prefix(pace.count))
                candidates = candidates.dropFirst(batch.count)
                let strays = try pace.measuring { () throws(FarmError) in
                    try artifacts.holding { () throws(FarmError) in
                        let strays = try files.unknown(batch)
                        if !isDryRun { try take(strays) }
                        return strays
                    }
                }
                if !isDryRun { try Trash(store.directory).empty() }
                for stray in strays { try tell(.blob, stray.digest?.description ?? below(stray.path), bytes: stray.bytes, stray.reason) }
            }
        }
    }

    private func take(_ strays: [BlobFiles.Stray]) throws(FarmError) {
        let trash = try Trash(store.directory)
        for (number, stray) in strays.enumerated() { try trash.take(stray.path, as: "stray-\(number)") }
    }

    private func collectSessions() throws {
        let files = BlobFiles(store: store, now: now)
        guard !files.sessions.isEmpty else { return }
        let dead = try ArtifactsLock(store.directory).holding { () throws(FarmError) in files.sessions }
        for path in dead {
            let bytes = FolderSize.bytes("\(store.directory.path)/\(path)")
            if !isDryRun { try remove("\(store.directory.path)/\(path)") }
            try tell(.session, path, bytes: bytes, "whoever was adding it died")
        }
    }

    private func collectUploads() throws {
        guard let now else { return }
        let age = DurationText.text(milliseconds: UploadLimits.abandonedMilliseconds)
        for upload in UploadFiles(store: store, now: now).abandoned {
            if !isDryRun { try remove(upload.path) }
            withExtendedLifetime(upload) {}
            try tell(.session, below(upload.path), bytes: upload.bytes, "nobody went on with the upload for \(age)")
        }
    }

    func collectWork() throws {
        let folders = WorkFolders(store: store)
        for attempt in folders.attempts {
            guard let leftover = try folders.leftover(of: attempt),
                case .removed = RetentionPolicy.verdict(lastUse: leftover.changed, age: policy.work, verb: "changed", now: now)
            else { continue }
            let bytes = FolderSize.bytes(leftover.path)
            if !isDryRun { try remove(leftover.path) }
            withExtendedLifetime(leftover) {}
            try tell(.work, below(leftover.path), bytes: bytes, "its attempt has ended")
        }
    }

    private func remove(_ path: String) throws(FarmError) {
        try FarmError.wrap { () throws(SystemError) in try Files.removeTree(path) }
    }

    private func below(_ path: String) -> String { String(path.dropFirst(store.directory.path.utf8.count + 1)) }
}
