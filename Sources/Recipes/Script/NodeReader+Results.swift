import Documents
import FarmModel

extension NodeReader {
    /// `outputs`: globs, or mappings with `glob` and `required`.
    mutating func outputs(_ fields: DocumentNode) -> [OutputPattern] {
        var outputs: [OutputPattern] = []
        for node in elements(fields, "outputs") {
            if let output = output(node) { outputs.append(output) }
        }
        return outputs
    }

    private mutating func output(_ node: DocumentNode) -> OutputPattern? {
        if case .string = node.value { return glob(node, "outputs").map { OutputPattern(glob: $0) } }
        guard let fields = fields(node, "outputs", allowed: ScriptKeys.output, expectation: "a glob or a mapping with glob") else {
            return nil
        }
        guard let pattern = fields["glob"] else {
            fail(at: node.position, "outputs: glob is missing")
            return nil
        }
        let isRequired = fields["required"] == nil || flag(fields, "required")
        return glob(pattern, "glob").map { OutputPattern(glob: $0, isRequired: isRequired) }
    }

    /// `limits`: caps on time, memory and size.
    mutating func limits(_ fields: DocumentNode) -> Limits {
        var limits = defaults.limits
        guard let node = fields["limits"], let fields = self.fields(node, "limits", allowed: ScriptKeys.limits) else { return limits }
        limits.wallMilliseconds = milliseconds(fields, "time", usual: limits.wallMilliseconds)
        limits.silenceMilliseconds = milliseconds(fields, "silence", usual: limits.silenceMilliseconds)
        limits.cpus = cores(fields, "cpus", usual: limits.cpus)
        limits.memoryBytes = bytes(fields, "memory", least: 1 << 20, usual: limits.memoryBytes)
        limits.processes = count(fields, "processes", most: 4_194_304, usual: limits.processes)
        limits.logBytes = bytes(fields, "log", usual: limits.logBytes)
        limits.outputBytes = bytes(fields, "output", usual: limits.outputBytes)
        return limits
    }

    /// `secrets`: names, or mappings with `variable` and `phases`.
    mutating func secrets(_ fields: DocumentNode, phases: [Phase]) -> [SecretUse] {
        var secrets: [SecretUse] = []
        for node in elements(fields, "secrets") {
            guard let secret = secret(node, phases: phases.map(\.name)) else { continue }
            if secrets.contains(where: { $0.name == secret.name }) {
                fail(at: node.position, "secrets: \(secret.name.quoted) stands twice")
            }
            secrets.append(secret)
        }
        return secrets
    }

    private mutating func secret(_ node: DocumentNode, phases: [String]) -> SecretUse? {
        if case .string = node.value { return string(node, "secrets", rule: .identifier).map { SecretUse(name: $0) } }
        guard let fields = fields(node, "secrets", allowed: ScriptKeys.secret, expectation: "a name or a mapping with name") else {
            return nil
        }
        guard let name = fields["name"] else {
            fail(at: node.position, "secrets: name is missing")
            return nil
        }
        let variable = fields["variable"].flatMap { node in
            string(node, "variable", limit: TextRule.variable.limit).flatMap { variableName($0, at: node.position) }
        }
        var chosen: [String] = []
        for node in elements(fields, "phases") {
            if let phase = member(node, "phases", of: phases) { chosen.append(phase) }
        }
        return string(name, "name", rule: .identifier).map { SecretUse(name: $0, variable: variable, phases: chosen) }
    }

    /// `caches`: ids, or mappings with `id`, `path` and `sharing`.
    mutating func caches(_ fields: DocumentNode) -> [CacheMount] {
        var caches: [CacheMount] = []
        for node in elements(fields, "caches") {
            guard let cache = cache(node) else { continue }
            if caches.contains(where: { $0.id == cache.id || $0.path == cache.path }) {
                fail(at: node.position, "caches: \(cache.id.quoted) or its path stands twice")
            }
            caches.append(cache)
        }
        return caches
    }

    private mutating func cache(_ node: DocumentNode) -> CacheMount? {
        if case .string = node.value {
            return string(node, "caches", rule: .identifier).map { CacheMount(id: $0, path: "/cache/\($0)") }
        }
        guard let fields = fields(node, "caches", allowed: ScriptKeys.cache, expectation: "an id or a mapping with id") else { return nil }
        guard let id = fields["id"] else {
            fail(at: node.position, "caches: id is missing")
            return nil
        }
        let sharing: CacheMount.Sharing? = fields["sharing"].flatMap { choice($0, "sharing") }
        let path = fields["path"].map { absolutePath($0, "path") }
        guard let id = string(id, "id", rule: .identifier), let path = path ?? "/cache/\(id)" else { return nil }
        return CacheMount(id: id, path: path, sharing: sharing ?? .shared)
    }
}
