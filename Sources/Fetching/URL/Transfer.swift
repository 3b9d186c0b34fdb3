internal import HostSystem

/// One run of curl.
struct Transfer {
    /// What came of it.
    enum Outcome {
        case done
        /// Another try may succeed. The text says what failed.
        case passing(String)
        /// The server cannot go on where the last try ended.
        case cannotResume
        case final(String)
    }

    let address: FileAddress
    let settings: URLSettings
    let context: FetchContext
    /// The file that is written, or continued.
    let path: String

    /// Fetches what is missing of the file from `offset` on.
    func run(from offset: Int64) throws(FetchFailure) -> Outcome {
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
                    report += bytes
                    return report.count < 4_096
                }, onError: { lines.add($0, deliver) })
        }
        lines.finish(deliver)
        if end.interruption == .stopped { throw .stopped }
        if end.interruption != nil { throw .infrastructure("curl did not finish fetching \(address) in time") }
        return outcome(end, String(decoding: report, as: UTF8.self), complaint, offset)
    }

    private func request(from offset: Int64) -> SpawnRequest {
        var arguments = [
            "curl", "-q", "--silent", "--show-error", "--fail", "--globoff", "--location", "--max-redirs", "10", "--proto", "=https,http",
            "--proto-redir", "=https,http", "--connect-timeout", "30", "--speed-limit", "1", "--speed-time", "\(settings.stallSeconds)",
            "--max-filesize", "\(settings.byteLimit)", "--write-out", "%{http_code} %{remote_ip}", "--output", path,
        ]
        if offset > 0 { arguments += ["--continue-at", "\(offset)"] }
        var request = SpawnRequest(arguments + ["--url", address.text], environment: settings.environment + ["HOME=/nonexistent"])
        request.workingDirectory = "/"
        // Before version 8.4 curl knows the size only where the server tells it.
        request.limits.append(ResourceLimit(.fileSize, UInt64(clamping: settings.byteLimit)))
        return request
    }

    /// The exit codes are those of curl(1).
    private func outcome(_ end: ToolRun.End, _ report: String, _ complaint: String, _ offset: Int64) -> Outcome {
        let fields = report.split(separator: " ")
        let status = fields.first.flatMap { Int($0) } ?? 0
        let message = "cannot fetch \(address): \(complaint.isEmpty ? "curl ended by \(end.exit.ending)" : complaint)"
        if fields.count > 1, FileAddress.isLinkLocal(String(fields[1])) {
            return .final("\(address) leads to a link-local address, which is refused")
        }
        switch end.exit.ending {
        case .exited(0): return .done
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
