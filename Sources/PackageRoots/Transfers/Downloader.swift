internal import FarmModel
internal import Fetching
internal import HostSystem

/// Fetches files by `http` and `https`, with as many tries as the settings allow where another try may succeed.
struct Downloader: Sendable {
    let settings: URLSettings

    /// Fetches a file to a path, replacing what is there.
    func fetch(_ address: String, to path: String, byteLimit: Int64, _ context: FetchContext) throws(EnvironmentFailure) {
        let transfer = try transfer(address, to: path, byteLimit: byteLimit, context)
        guard case .done = try run(transfer, context) else {
            throw EnvironmentFailure(.infrastructure, "\(transfer.address) answers that it has not changed, and nobody asked; try again")
        }
    }

    /// Fetches a file that may be there already: then it is asked for only if it has changed. What the server said of it stands beside it.
    ///
    /// The caller holds a lock on the path.
    func refresh(_ address: String, at path: String, byteLimit: Int64, _ context: FetchContext) throws(EnvironmentFailure) {
        let (partial, notes) = (path + ".partial", path + ".json")
        var transfer = try transfer(address, to: partial, byteLimit: byteLimit, context)
        try EnvironmentFailure.system { () throws(SystemError) in try Files.removeTree(partial) }
        // A file that is damaged, or that another answer left, is fetched whole.
        if let bytes = try? Files.readAll(notes, limit: 4_096), let kept = Validators(parsing: bytes), let found = try? FileDigest.of(path),
            kept.digest == found
        {
            transfer.validators = kept
        }
        guard case .done(var validators) = try run(transfer, context) else { return }
        try EnvironmentFailure.system { () throws(SystemError) in
            validators.digest = try FileDigest.of(partial)
            try Files.rename(partial, to: path)
            try Files.writeAtomically(Array(JSONValue.object(validators.json).text.utf8), to: notes)
        }
    }

    private func transfer(
        _ address: String, to path: String, byteLimit: Int64, _ context: FetchContext
    ) throws(EnvironmentFailure) -> Transfer {
        var settings = settings
        settings.byteLimit = min(settings.byteLimit, byteLimit)
        let checked = try EnvironmentFailure.fetching { () throws(FetchFailure) in try FileAddress(ofFile: address) }
        return Transfer(checked, to: path, settings, context)
    }

    private func run(_ transfer: Transfer, _ context: FetchContext) throws(EnvironmentFailure) -> Transfer.Outcome {
        try EnvironmentFailure.fetching { () throws(FetchFailure) in
            var problem = "cannot fetch \(transfer.address)"
            for number in 0..<settings.tries {
                if number > 0 { try context.pause(milliseconds: settings.pauseMilliseconds << min(number - 1, 10)) }
                let outcome = try transfer.run()
                switch outcome {
                case .final(let message): throw .badInput(message)
                case .passing(let message): problem = message
                case .cannotResume: break
                case .done, .unchanged: return outcome
                }
            }
            throw .infrastructure("\(problem) (\(settings.tries) tries)")
        }
    }
}
