internal import FarmModel
internal import HostSystem
internal import ToolKit

/// A complete attempt as a page for people.
struct AttemptSheet {
    private let complete: CompleteAttempt
    private let look: Table.Look

    init(_ complete: CompleteAttempt, colors: ColorOptions, context: ToolContext) {
        self.complete = complete
        let output = context.output.descriptor
        look = Table.Look(
            width: Terminal.isTerminal(output) ? context.width(of: output) : nil, usesUnicode: context.usesUnicode,
            painter: colors.painter(in: context))
    }

    /// The page: what it is and how it ended, then tables of phases, inputs, variables and results, those that there are.
    var text: String {
        [head, phases, inputs, variables, artifacts].filter { !$0.isEmpty }.joined(separator: "\n")
    }

    private var head: String {
        let attempt = complete.attempt
        let failure = [attempt.failure?.rawValue, attempt.message].compactMap(\.self).joined(separator: ": ")
        var table = Table([Column("ATTEMPT"), Column(attempt.id.description, shrinks: true)], look: look)
        func add(_ name: String, _ text: String?, style: TextStyle? = nil) {
            if let text, !text.isEmpty { table.add([Cell(name), Cell(text, style: style)]) }
        }
        add(
            "job",
            [complete.job.identity.description, complete.job.version, attempt.job.description].compactMap(\.self).joined(separator: " "))
        add("number", "\(attempt.number) of build \(attempt.build)")
        add("state", [attempt.state.rawValue, failure].filter { !$0.isEmpty }.joined(separator: ", "), style: .of(attempt.state))
        add("asked by", [complete.requester?.phrase, time(complete.requestedMilliseconds)].compactMap(\.self).joined(separator: ", "))
        add("reason", complete.reason.map(Self.phrase))
        add("started", time(attempt.claimedMilliseconds))
        add("ended", attempt.endedMilliseconds.map(time))
        add("took", attempt.durationMilliseconds.map { DurationText.text(milliseconds: $0) })
        add("used", usage)
        add("isolation", attempt.isolation)
        add("backend", attempt.backend)
        add("machine", machine)
        add("log", attempt.logBytes.map { SizeText.text(bytes: $0) })
        add("output", complete.output.map { "\($0.digest), \(SizeText.text(bytes: $0.bytes)) in \(CountText.of(Int($0.files), "file"))" })
        return table.text
    }

    private var usage: String? {
        let names = [("peak_memory_bytes", "memory"), ("read_bytes", "read"), ("written_bytes", "written")]
        var parts = names.compactMap { key, name in
            complete.attempt.facts?["usage"]?[key]?.int.map { "\(SizeText.text(bytes: $0)) \(name)" }
        }
        let times = complete.phases.compactMap { $0["user_ms"]?.int } + complete.phases.compactMap { $0["system_ms"]?.int }
        if !times.isEmpty { parts.insert("\(DurationText.text(milliseconds: times.reduce(0, +))) CPU", at: 0) }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }

    private var machine: String {
        let machine = complete.machine
        var parts = [complete.host ?? complete.attempt.runner.description]
        let system = ["system", "kernel", "arch"].compactMap { machine[$0]?.string }.joined(separator: " ")
        if !system.isEmpty { parts.append(system) }
        if let processors = machine["processors"]?.int { parts.append(CountText.of(Int(processors), "processor")) }
        if let bytes = machine["memory_bytes"]?.int { parts.append(SizeText.text(bytes: bytes)) }
        for tool in ["bf", "bubblewrap"] { if let version = machine[tool]?.string { parts.append("\(tool) \(version)") } }
        return parts.joined(separator: ", ")
    }

    private var phases: String {
        var table = Table(
            [Column("PHASE"), Column("RESULT", shrinks: true), Column("START", .right), Column("TIME", .right), Column("CPU", .right)],
            look: look)
        for phase in complete.phases {
            let skipped = phase["skipped"]?.string.map { "skipped: \($0)" }
            let exit = phase["exit_code"]?.int.map { "exit \($0)" } ?? phase["signal"]?.int.map { "signal \($0)" }
            let result = skipped ?? [phase["class"]?.string ?? "success", exit].compactMap(\.self).joined(separator: ", ")
            let style: TextStyle? = skipped != nil ? .yellow : phase["class"] == nil ? .green : .red
            let processor = phase["user_ms"]?.int.map { $0 + (phase["system_ms"]?.int ?? 0) }
            table.add([
                Cell(phase["name"]?.string), Cell(result, style: style), .duration(phase["start_ms"]?.int),
                .duration(phase["duration_ms"]?.int),
                .duration(processor),
            ])
        }
        return table.text
    }

    private var inputs: String {
        guard let inputs = complete.inputs else { return "" }
        var table = Table([Column("INPUT"), Column("NAME", shrinks: true), Column("DIGEST", shrinks: true)], look: look)
        for need in complete.needs { table.add(["need", Cell(need.name), Cell(need.tree)]) }
        for (index, source) in complete.sources.enumerated() { table.add(["source", Cell("\(index + 1)"), Cell(source)]) }
        table.add(["environment", Cell(inputs["arch"]?.string), Cell(inputs["environment"]?.string)])
        table.add(["plan", Cell(complete.recipe), Cell(inputs["plan"]?.string)])
        return table.text
    }

    private var variables: String {
        var table = Table([Column("VARIABLE"), Column("VALUE", shrinks: true)], look: look)
        for (name, value) in complete.variables.sorted(by: { $0.key < $1.key }) { table.add([Cell(name), Cell(value)]) }
        for (phase, variables) in complete.phaseVariables.sorted(by: { $0.key < $1.key }) {
            for (name, value) in variables.sorted(by: { $0.key < $1.key }) { table.add([Cell("\(name) in \(phase)"), Cell(value)]) }
        }
        for secret in complete.secrets { table.add([Cell("secret \(secret)"), Cell("not shown", style: .yellow)]) }
        return table.text
    }

    private var artifacts: String {
        var table = Table(
            [Column("ARTIFACT", shrinks: true), Column("TYPE"), Column("SIZE", .right), Column("DIGEST", shrinks: true)], look: look)
        for artifact in complete.artifacts {
            table.add([
                Cell(artifact.path ?? artifact.name), Cell(artifact.kind), Cell(SizeText.text(bytes: artifact.bytes)),
                Cell(artifact.digest.description),
            ])
        }
        return table.text
    }

    private func time(_ milliseconds: Int64) -> String { Timestamp.format(milliseconds: milliseconds) }

    /// The code of a reason, and what it says of it.
    private static func phrase(_ reason: JSONObject) -> String {
        let code = reason["code"]?.string ?? ""
        let rest = reason.members.filter { $0.key != "code" }.map { RecordField.text($0.value) }
        return ([code] + rest).filter { !$0.isEmpty }.joined(separator: ": ")
    }
}
