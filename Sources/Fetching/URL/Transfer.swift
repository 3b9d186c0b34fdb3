internal import HostSystem

/// One run of curl.
package struct Transfer {
    /// What came of it.
    package enum Outcome {
        /// The file is there, and this was said of it.
        case done(Validators)
        /// The server has no other file than the one that ``validators`` are of. Nothing was written.
        case unchanged
        /// Another try may succeed. The text says what failed.
        case passing(String)
        /// The server cannot go on where the last try ended.
        case cannotResume
        /// Another try would end the same way. The text says what failed.
        case final(String)
    }

    /// Where the file is.
    package let address: FileAddress
    let settings: URLSettings
    let context: FetchContext
    /// The file that is written, or continued.
    let path: String
    /// Of a file that is there already, which is then fetched only if it has changed.
    package var validators = Validators()

    /// A transfer to the file `path`.
    package init(_ address: FileAddress, to path: String, _ settings: URLSettings, _ context: FetchContext) {
        (self.address, self.path, self.settings, self.context) = (address, path, settings, context)
    }

    /// Fetches what is missing of the file from `offset` on.
    package func run(from offset: Int64 = 0) throws(FetchFailure) -> Outcome {
        var report: [UInt8] = []
        var complaint = ""
        var lines = LineSplitter()
        let deliver = { (line: String) in
            complaint = CredentialMask.masked(line)
            context.log(complaint)
        }
        let end = try FetchFailure.wrap { () throws(SystemError) in
            // curl itself ends a stalled transfer; the silence is the safety net.
            var tool = try ToolRun(request(from: offset), context, silence: .max / 2)
            return try tool.finish(
                onOutput: { bytes in
                    if report.count < Self.reportLimit { report += bytes }
                    return true
                }, onError: { lines.add($0, deliver) })
        }
        lines.finish(deliver)
        if end.interruption == .stopped { throw .stopped }
        if end.interruption != nil { throw .infrastructure("curl did not finish fetching \(address) in time") }
        return outcome(end, String(decoding: report, as: UTF8.self), complaint, offset)
    }

    /// What curl prints after the transfer: a line of status and address, and one for each validator.
    private static let report = "%{http_code} %{remote_ip}\\n%header{etag}\\n%header{last-modified}\\n"
    private static let reportLimit = 64 << 10

    private func request(from offset: Int64) -> SpawnRequest {
        var arguments = [
            "curl", "-q", "--silent", "--show-error", "--fail", "--globoff", "--location", "--max-redirs", "10", "--proto", "=https,http",
            "--proto-redir", "=https,http", "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "\(settings.stallSeconds)",
            "--max-filesize", "\(settings.byteLimit)", "--write-out", Self.report, "--output", path,
        ]
        arguments += validators.headers.flatMap { ["--header", $0] }
        if offset > 0 { arguments += ["--continue-at", "\(offset)"] }
        var request = SpawnRequest(arguments + ["--url", address.text], environment: settings.environment + ["HOME=/nonexistent"])
        request.workingDirectory = "/"
        // Before version 8.4 curl knows the size only where the server tells it.
        request.limits.append(ResourceLimit(.fileSize, UInt64(clamping: settings.byteLimit)))
        return request
    }

    /// The exit codes are those of curl(1).
    private func outcome(_ end: ToolRun.End, _ report: String, _ complaint: String, _ offset: Int64) -> Outcome {
        let lines = report.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let fields = lines[0].split(separator: " ")
        let status = fields.first.flatMap { Int($0) } ?? 0
        let message = "cannot fetch \(address): \(complaint.isEmpty ? "curl ended by \(end.exit.ending)" : complaint)"
        if fields.count > 1, FileAddress.isLinkLocal(String(fields[1])) {
            return .final("\(address) leads to a link-local address, which is refused")
        }
        switch end.exit.ending {
        case .exited(0) where status == 304 && !validators.headers.isEmpty: return .unchanged
        case .exited(0) where status == 304: return .passing("\(address) answers 304 to a plain request")
        case .exited(0):
            return .done(Validators(entityTag: lines.dropFirst().first, lastModified: lines.dropFirst(2).first))
        case .exited(33): return .cannotResume
        case .exited(22) where status == 416 && offset > 0: return .cannotResume
        case .exited(22): return [408, 429].contains(status) || status >= 500 ? .passing(message) : .final(message)
        case .exited(63): return .final("\(address) has more than \(settings.byteLimit) bytes")
        case .exited(23) where isFull, .signalled(.fileSizeLimit): return .final("\(address) has more than \(settings.byteLimit) bytes")
        case .exited(1), .exited(3), .exited(47): return .final(message)
        default: return .passing(message)
        }
    }

    /// The file has reached the limit.
    private var isFull: Bool { ((try? Files.statusIfPresent(path))?.size ?? 0) >= settings.byteLimit }
}
