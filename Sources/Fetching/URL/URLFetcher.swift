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
        guard let place = source.checksum.place else { throw .badInput("\(address) has no checksum to be fetched by") }
        let path = try makePlace(place)
        let lock = try lock(path, address, context)
        defer { try? lock.unlock() }
        if let kept = try kept(path, source.checksum, address, context) { return kept }
        let partial = path + ".partial"
        try transfer(address, source.checksum, to: partial, context)
        return try keep(partial, as: path)
    }

    /// Fetches a source of which nobody knows what it is, and finds that out; then it is there to be fetched by the checksum that is returned.
    public func look(at source: URLSource, _ context: FetchContext) throws(FetchFailure) -> URLSource.Checksum {
        let address = try address(of: source)
        let path = try makePlace("unchecked/\(Digest.of(source.url.utf8).hex)")
        let lock = try lock(path, address, context)
        defer { try? lock.unlock() }
        // What is left of another time may be of other bytes.
        try remove(path)
        var offset: Int64 = 0
        try attempt(address, from: &offset, to: path, context)
        let found = try hashed(path, like: .none).checksum
        guard let place = found.place else { throw .infrastructure("\(address) cannot be kept") }
        _ = try keep(path, as: try makePlace(place))
        return found
    }

    /// The path of a file in the cache, in a folder that exists.
    private func makePlace(_ name: String) throws(FetchFailure) -> String {
        let path = "\(cache)/sources/\(name)"
        let folder = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
        try FetchFailure.wrap { () throws(SystemError) in try Files.makeFolders(folder, mode: 0o700) }
        return path
    }

    private func lock(_ path: String, _ address: FileAddress, _ context: FetchContext) throws(FetchFailure) -> FileLock {
        try FetchFailure.lock(path + ".lock", .exclusive, context, toBeTold: "waiting for another fetch of \(address)")
    }

    private func keep(_ fetched: String, as path: String) throws(FetchFailure) -> Descriptor {
        try FetchFailure.wrap { () throws(SystemError) in
            let file = try Files.open(fetched, [.read, .noFollow])
            try file.sync()
            try file.setPermissions(0o444)
            try Files.rename(fetched, to: path)
            return file
        }
    }

    /// The name for the file of a source where it is not unpacked.
    public func fileName(of source: URLSource) throws(FetchFailure) -> String { try address(of: source).fileName }

    private func address(of source: URLSource) throws(FetchFailure) -> FileAddress { try FileAddress(ofFile: source.url) }

    /// The file in the cache, if its content is still what its name says.
    private func kept(
        _ path: String, _ checksum: URLSource.Checksum, _ address: FileAddress, _ context: FetchContext
    ) throws(FetchFailure) -> Descriptor? {
        let isThere = try FetchFailure.wrap { () throws(SystemError) in try Files.statusIfPresent(path) != nil }
        guard isThere else { return nil }
        let (file, found) = try hashed(path, like: checksum)
        if found == checksum { return file }
        context.log("the kept file of \(address) was damaged; fetching it again")
        try FetchFailure.wrap { () throws(SystemError) in try Files.removeTree(path) }
        return nil
    }

    /// Leaves a file of the right checksum at `path`; what is there already is continued.
    private func transfer(
        _ address: FileAddress, _ checksum: URLSource.Checksum, to path: String, _ context: FetchContext
    ) throws(FetchFailure) {
        var offset = try size(of: path)
        try attempt(address, from: &offset, to: path, context)
        var found = try hashed(path, like: checksum).checksum
        if found != checksum && offset > 0 {
            // The part kept from before may have been of another content.
            try remove(path)
            offset = 0
            try attempt(address, from: &offset, to: path, context)
            found = try hashed(path, like: checksum).checksum
        }
        guard found == checksum else {
            try remove(path)
            let (found, wanted) = (found.text ?? "", checksum.text ?? "")
            throw .badInput("\(address) has the digest \(found) where \(wanted) was expected; correct the document or the address")
        }
    }

    /// Transfers to the end, with as many tries as it takes. `offset` is 0 afterwards if nothing from before was used.
    private func attempt(
        _ address: FileAddress, from offset: inout Int64, to path: String, _ context: FetchContext
    ) throws(FetchFailure) {
        let transfer = Transfer(address, to: path, settings, context)
        var start = offset
        var lastProblem = ""
        for number in 0..<settings.tries {
            if number > 0 { try context.pause(milliseconds: settings.pauseMilliseconds << min(number - 1, 10)) }
            switch try transfer.run(from: start) {
            case .done, .unchanged:
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

    private func hashed(
        _ path: String, like expected: URLSource.Checksum
    ) throws(FetchFailure) -> (file: Descriptor, checksum: URLSource.Checksum) {
        try FetchFailure.wrap { () throws(SystemError) in
            let file = try Files.open(path, [.read, .noFollow])
            var hasher = ChecksumHasher(like: expected)
            while let bytes = try file.read(atMost: 1 << 20), !bytes.isEmpty { bytes.withUnsafeBytes { hasher.update($0) } }
            try file.seek(to: 0)
            return (file, hasher.finish())
        }
    }
}

extension URLSource.Checksum {
    /// Where the file lies in a cache; nil if nothing is known of it.
    fileprivate var place: String? {
        switch self {
        case .sha256(let digest): "sha256/\(digest.hex.prefix(2))/\(digest.hex)"
        case .sha512(let bytes):
            { text in "sha512/\(text.prefix(2))/\(text)" }(Hexadecimal.text(of: bytes))
        case .none: nil
        }
    }
}
