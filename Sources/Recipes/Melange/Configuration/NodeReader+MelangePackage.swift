import Documents
import FarmModel

extension NodeReader {
    /// `package`; nil if it has no name, version or epoch.
    mutating func melangePackage(_ fields: DocumentNode) -> MelangePackage? {
        guard let node = fields["package"] else {
            fail(at: fields.position, "package is missing")
            return nil
        }
        guard let fields = self.fields(node, "package", allowed: MelangeKeys.package) else { return nil }
        let name = requiredMelangeText(fields, "name")
        let version = requiredMelangeText(fields, "version")
        let epoch = fields["epoch"].map { integer($0, "epoch", 0...Int64(Int32.max)) ?? 0 } ?? 0
        let facts = melangeFacts(fields)
        let architectures = melangeTexts(fields, "target-architecture")
        let timeout = milliseconds(fields, "timeout")
        let resources = melangeResources(fields, "resources")
        let testResources = melangeResources(fields, "test-resources")
        let platform = melangePlatform(fields)
        guard let name, let version else { return nil }
        return MelangePackage(
            position: fields.position, name: name, version: version, epoch: epoch, facts: facts, architectures: architectures,
            timeoutMilliseconds: timeout, resources: resources ?? MelangeResources(), testResources: testResources, platform: platform)
    }

    private mutating func melangeResources(_ fields: DocumentNode, _ key: String) -> MelangeResources? {
        guard let section = melangeSection(fields, key, MelangeKeys.resources) else { return nil }
        _ = melangeText(section, "cpumodel")
        var resources = MelangeResources()
        resources.cores = melangeQuantity(section, "cpu", "a number of cores such as 4 or 500m", 0.001...4096)
        resources.memoryBytes = melangeBytes(section, "memory")
        resources.diskBytes = melangeBytes(section, "disk")
        return resources
    }

    private mutating func melangeBytes(_ fields: DocumentNode, _ key: String) -> Int64? {
        melangeQuantity(fields, key, "a size such as 512Mi or 16Gi", 1...Double(1 << 60)).map { Int64($0) }
    }

    private mutating func melangeQuantity(
        _ fields: DocumentNode, _ key: String, _ expectation: String, _ range: ClosedRange<Double>
    ) -> Double? {
        guard let node = fields[key], let text = scalar(node, key), !text.isEmpty else { return nil }
        if let value = ResourceQuantity.value(of: text), range.contains(value) { return value }
        expected(expectation, node, key)
        return nil
    }

    /// `cpe`: vendor and product belong together, and only applications and operating systems are made here.
    private mutating func melangePlatform(_ fields: DocumentNode) -> [MelangePair] {
        guard let section = melangeSection(fields, "cpe", MelangeKeys.platform) else { return [] }
        if let part = section["part"] { _ = member(part, "part", of: ["a", "o"]) }
        if (section["vendor"] == nil) != (section["product"] == nil) {
            fail(at: section.position, "cpe: vendor and product belong together; write both or none")
        }
        let pairs = melangePairs(fields, "cpe")
        for pair in pairs where !pair.value.value.isPlatformPart {
            let found = pair.value.value.quoted
            fail(at: pair.value.position, "\(pair.key): expected lower-case letters, digits and + _ . -, found \(found)")
        }
        return pairs
    }
}

extension String {
    private static let platformBytes = ByteSet.lowercase + ByteSet.digits + "+_.-"

    /// A field of a Common Platform Enumeration as melange takes it, or nothing.
    fileprivate var isPlatformPart: Bool {
        isEmpty || (starts(in: ByteSet.lowercase + ByteSet.digits) && consists(of: Self.platformBytes))
    }
}
