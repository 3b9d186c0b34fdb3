public import FarmModel
public import HostSystem

/// Fetches files by URL into a cache by content, by the `curl` of the search path.
///
/// A file enters the cache only with the digest that was asked for, and is hashed again each time it is taken from there.
public struct URLFetcher: Sendable {
    private let cache: String
    private let settings: URLSettings

    /// A fetcher that keeps files beneath the folder `cache`, which may be deleted while nothing is fetched.
    public init(cache: String, settings: URLSettings = URLSettings()) {
        self.cache = cache
        self.settings = settings
    }

    /// The file of a source, open for reading at its start; its content has just been checked.
    public func fetch(_ source: URLSource, _ context: FetchContext) throws(FetchFailure) -> Descriptor {
        let address = try address(of: source)
        let name = source.digest.hex
        let folder = "\(cache)/sources/sha256/\(name.prefix(2))"
        let path = "\(folder)/\(name)"
        try FetchFailure.wrap { () throws(SystemError) in try Files.makeFolders(folder, mode: 0o700) }
        let lock = try FetchFailure.lock(path + ".lock", context, toBeTold: "waiting for another fetch of \(address)")
        defer { try? lock.unlock() }
        if let kept = try kept(path, source.digest, address, context) { return kept }
        let partial = path + ".partial"
        try transfer(address, source.digest, to: partial, context)
        return try FetchFailure.wrap { () throws(SystemError) in
            let file = try Files.open(partial, [.read, .noFollow])
            try file.sync()
            try file.setPermissions(0o444)
            try Files.rename(partial, to: path)
            return file
        }
    }

    /// The name for the file of a source where it is not unpacked.
    public func fileName(of source: URLSource) throws(FetchFailure) -> String { try address(of: source).fileName }

    private func address(of source: URLSource) throws(FetchFailure) -> FileAddress {
        do throws(FileAddress.Problem) {
            return try FileAddress(source.url)
        } catch {
            let shown = CredentialMask.masked(String(source.url.prefix(200)))
            throw .badInput("the address \(JSONValue.string(shown).text) \(error)")
        }
    }

    /// The file in the cache, if its content is still what its name says.
    private func kept(
        _ path: String, _ digest: Digest, _ address: FileAddress, _ context: FetchContext
    ) throws(FetchFailure) -> Descriptor? {
        let isThere = try FetchFailure.wrap { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
        guard isThere else { return nil }
        let (file, found) = try hashed(path)
        if found == digest { return file }
        context.log("the kept file of \(address) was damaged; fetching it again")
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeTree(path) }
        return nil
    }

    /// Leaves a file of the right digest at `path`; what is there already is continued.
    private func transfer(
        _ address: FileAddress, _ digest: Digest, to path: String, _ context: FetchContext
    ) throws(FetchFailure) {
        var offset = try size(of: path)
        try attempt(address, from: &offset, to: path, context)
        var found = try hashed(path).digest
        if found != digest && offset > 0 {
            // The part kept from before may have been of another content.
            try remove(path)
            offset = 0
            try attempt(address, from: &offset, to: path, context)
            found = try hashed(path).digest
        }
        guard found == digest else {
            try remove(path)
            throw .badInput("\(address) has the digest \(found) where \(digest) was expected; correct the document or the address")
        }
    }

    /// Transfers to the end, with as many tries as it takes. `offset` is 0 afterwards if nothing from before was used.
    private func attempt(
        _ address: FileAddress, from offset: inout Int64, to path: String, _ context: FetchContext
    ) throws(FetchFailure) {
        let transfer = Transfer(address: address, settings: settings, context: context, path: path)
        var start = offset
        var lastProblem = ""
        for number in 0..<settings.tries {
            if number > 0 { try context.pause(milliseconds: settings.pauseMilliseconds << min(number - 1, 10)) }
            switch try transfer.run(from: start) {
            case .done:
                offset = max(offset, start)
                return
            case .final(let message):
                try remove(path)
                throw .badInput(message)
            case .cannotResume:
                try remove(path)
                offset = 0
            case .passing(let message): lastProblem = message
            }
            start = try size(of: path)
        }
        throw .infrastructure("\(lastProblem.isEmpty ? "cannot fetch \(address)" : lastProblem) (\(settings.tries) tries)")
    }

    private func size(of path: String) throws(FetchFailure) -> Int64 {
        try FetchFailure.wrap { () throws(SystemError) in try Files.statusIfPresent(path)?.size ?? 0 }
    }

    private func remove(_ path: String) throws(FetchFailure) {
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeTree(path) }
    }

    private func hashed(_ path: String) throws(FetchFailure) -> (file: Descriptor, digest: Digest) {
        try FetchFailure.wrap { () throws(SystemError) in
            let file = try Files.open(path, [.read, .noFollow])
            var hasher = DigestHasher()
            while let bytes = try file.read(atMost: 1 << 20), !bytes.isEmpty { bytes.withUnsafeBytes { hasher.update($0) } }
            try file.seek(to: 0)
            return (file, hasher.finish())
        }
    }
}
