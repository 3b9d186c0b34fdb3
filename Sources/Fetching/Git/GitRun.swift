internal import HostSystem

/// One git process, run to its end.
struct GitRun {
    let end: ToolRun.End
    /// The first line of its standard output, unless a consumer took it.
    let text: String
    let complaint: GitComplaint

    private static let textLimit = 4_096

    /// Runs git. Its standard error goes to the log.
    init(
        _ request: SpawnRequest, _ context: FetchContext, silence: Int64, onOutput: (([UInt8]) -> Bool)?
    ) throws(FetchFailure) {
        var text: [UInt8] = []
        var complaint = GitComplaint()
        var lines = LineSplitter()
        let deliver = { (line: String) in
            let line = CredentialMask.masked(line)
            complaint.add(line)
            context.log(line)
        }
        end = try FetchFailure.wrap { () throws(SystemError) in
            var tool = try ToolRun(request, context, silence: silence)
            return try tool.finish(
                onOutput: { bytes in
                    if let onOutput { return onOutput(bytes) }
                    text += bytes.prefix(Self.textLimit - text.count)
                    return true
                }, onError: { lines.add($0, deliver) })
        }
        lines.finish(deliver)
        self.text = String(decoding: text.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
        self.complaint = complaint
    }

    /// Fails where the run was cut short from outside.
    func throwInterruption(_ address: GitAddress) throws(FetchFailure) {
        switch end.interruption {
        case .stopped: throw .stopped
        case .deadline: throw .infrastructure("git did not finish fetching \(address) in time")
        case .silent: throw .infrastructure("git gave no sign of life while fetching \(address) and was ended")
        case .refused, nil: break
        }
        if case .signalled(let signal) = end.exit.ending, end.interruption == nil {
            throw .infrastructure("git was ended by \(signal) while fetching \(address)")
        }
    }
}
