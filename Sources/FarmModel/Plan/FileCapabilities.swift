/// What a file of a package lets those do who run it, as capabilities(7) has it under "File capabilities".
public struct FileCapabilities: Sendable, Equatable {
    /// The file, relative to the package's folder: `usr/bin/ping`.
    public var path: String
    /// What the process may have.
    public var permitted = CapabilitySet()
    /// What the process keeps of what those had who ran it.
    public var inheritable = CapabilitySet()
    /// Whether the process has at once what it may have. It holds for all of them, as a file has one such bit.
    public var isEffective = false

    /// A file without capabilities.
    public init(path: String) { self.path = path }

    /// Adds what another entry says of the same file.
    public mutating func formUnion(_ other: FileCapabilities) {
        permitted.formUnion(other.permitted)
        inheritable.formUnion(other.inheritable)
        isEffective = isEffective || other.isEffective
    }
}

extension FileCapabilities {
    /// The capabilities in a fixed order of keys, what has its default value left out.
    var json: JSONObject {
        var object: JSONObject = ["path": .string(path)]
        object.add("permitted", permitted.names.json)
        object.add("inheritable", inheritable.names.json)
        object.addIfTrue("effective", isEffective)
        return object
    }

    /// Reads ``json``.
    init(_ reader: PlanReader) throws(FarmError) {
        self.init(path: try reader.string("path"))
        permitted = try reader.capabilities("permitted")
        inheritable = try reader.capabilities("inheritable")
        isEffective = try reader.flag("effective")
    }
}

extension PlanReader {
    fileprivate func capabilities(_ key: String) throws(FarmError) -> CapabilitySet {
        guard let set = CapabilitySet(names: try list(key)) else { throw malformed(key) }
        return set
    }
}
