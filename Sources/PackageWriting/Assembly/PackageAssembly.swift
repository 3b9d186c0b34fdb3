public import AlpinePackage
public import FarmModel
internal import HostSystem
public import PackageFiles

/// Makes packages of the folders that a build left, and a repository of them.
///
/// The repository is a folder with `ARCH/NAME-VERSION.apk` for each package and `ARCH/APKINDEX.tar.gz`. The same folders give the same bytes.
public struct PackageAssembly {
    /// What belongs to no single package.
    public struct Options: Sendable {
        /// Who makes the packages: `wolfi`. It stands in bills of materials and as maintainer.
        public var namespace = Self.unknownNamespace
        /// Signs packages and indexes; nil for none.
        public var signer: SegmentSigner?
        /// On how many processors packages are compressed.
        public var processors = Host.processorCount

        static let unknownNamespace = "unknown"

        /// No signatures, and nobody's name.
        public init() {}
    }

    private let outputs: String
    private let repository: String
    private let options: Options
    private let say: (String) -> Void
    private let isStopped: () -> Bool

    /// - Parameters:
    ///   - outputs: The folder beneath which the packages' folders lie. Nothing may write there any more.
    ///   - repository: The folder that the repository becomes; made if it is missing.
    ///   - say: Takes lines for the log, without line ends.
    ///   - isStopped: Asked again and again; once it is true, the work ends.
    public init(
        outputs: String, repository: String, options: Options = Options(), say: @escaping (String) -> Void,
        isStopped: @escaping () -> Bool = { false }
    ) {
        self.outputs = outputs
        self.repository = repository
        self.options = options
        self.say = say
        self.isStopped = isStopped
    }

    /// Makes the packages of one build, which may refer to each other. A folder that is not there makes a package without files.
    /// - Returns: the records as the index has them, in the order of `bodies`.
    /// - Throws: ``PackageFailure``; then some files may be there, but no index.
    public func assemble(_ bodies: [PackageBody]) throws(PackageFailure) -> [PackageRecord] {
        let bodies = try checked(bodies)
        var packages: [ScannedPackage] = []
        let folder = try inBuild { () throws(FarmError) in try openedOutputs() }
        for body in bodies { packages.append(try inPackage(body) { () throws(FarmError) in try scan(body, in: folder) }) }
        try lint(packages)
        let build = try inBuild { () throws(FarmError) in try ScannedBuild(packages) }
        var records: [PackageRecord] = []
        for package in packages {
            records.append(try inPackage(package.body) { () throws(FarmError) in try write(package, of: build) })
        }
        try inBuild { () throws(FarmError) in try writeIndexes(of: records) }
        return records
    }

    private func checked(_ bodies: [PackageBody]) throws(PackageFailure) -> [PackageBody] {
        var names: Set<String> = []
        do throws(FarmError) {
            return try bodies.map { body throws(FarmError) in
                try PackageIdentity.check(body)
                guard names.insert("\(body.architecture)/\(body.name)").inserted else {
                    throw FarmError(.badInput, "two packages are called \(body.name); rename one")
                }
                return try body.withPlainRelations()
            }
        } catch {
            throw PackageFailure(.badInput, error.message)
        }
    }

    private func openedOutputs() throws(FarmError) -> Descriptor {
        do { return try Files.open(outputs, [.read, .folder]) } catch {
            throw FarmError(.inputOutput, "the outputs cannot be read: \(error)")
        }
    }

    private func scan(_ body: PackageBody, in outputs: Descriptor) throws(FarmError) -> ScannedPackage {
        try check()
        let package = try ScannedPackage(body, try Self.tree(of: body, in: outputs))
        let files = package.tree.entries.count { $0.content != .folder }
        say("\(body.name)-\(body.version): \(files) files, \(package.tree.installedSize) bytes")
        return package
    }

    private static func tree(of body: PackageBody, in outputs: Descriptor) throws(FarmError) -> PackageTree {
        let folder: Descriptor
        do throws(SystemError) {
            folder = try Files.open(body.folder, beneath: outputs, [.read, .folder])
        } catch let error where error.isMissing {
            return PackageTree()
        } catch {
            throw FarmError(.badInput, "the folder \(body.folder) of the outputs cannot be opened: \(error)")
        }
        return try PackageTree(reading: folder)
    }

    private func lint(_ packages: [ScannedPackage]) throws(PackageFailure) {
        var errors: [String] = []
        for package in packages {
            let findings = try inPackage(package.body) { () throws(FarmError) in try PackageLinter.findings(in: package) }
            for name in PackageLinter.unknown(among: package.body.disabledLinters) {
                say("warning: \(package.body.name): checks.disabled names \(JSONValue.string(name).text), which is no linter; remove it")
            }
            for finding in findings {
                let line = "\(package.body.name): \(finding.linter): \(finding.message)"
                say("\(finding.severity.rawValue): \(line)")
                if finding.severity == .error { errors.append(line) }
            }
        }
        guard let first = errors.first else { return }
        throw PackageFailure(.build, errors.count == 1 ? first : "\(first) (and \(errors.count - 1) more lint errors, see the log)")
    }

    private func write(_ package: ScannedPackage, of build: ScannedBuild) throws(FarmError) -> PackageRecord {
        try check()
        let body = package.body
        let relations = try PackageRelations(of: package, in: build)
        let texts = try LicenseTexts(of: body.copyrights, in: try openedOutputs())
        let materials = BillOfMaterials(body: body, namespace: options.namespace, licenseTexts: texts)
        var tree = package.tree
        try tree.add(Array(materials.text.utf8), at: materials.path)
        tree.set(Dictionary(try package.capabilities().map { ($0.path, $0.attribute) }) { $1 })
        var control = PackageWriter.Control(record: PackageRecord(body, relations, maintainer: options.namespace))
        control.scriptlets = body.scriptlets
        control.triggerPaths = body.triggerPaths
        let folder = RepositoryFolder(repository, body.architecture)
        let writer = PackageWriter(signer: options.signer, processors: options.processors, check: check)
        let record = try folder.write(body.fileName) { file throws(FarmError) in
            try writer.write(control, tree, seconds: body.buildTime, to: file, scratch: folder.path)
        }
        for dependency in record.dependencies { say("\(body.name): needs \(dependency)") }
        for provided in record.provides { say("\(body.name): provides \(provided)") }
        say("\(body.name): \(body.architecture)/\(body.fileName), \(record.size) bytes")
        return record
    }

    private func writeIndexes(of records: [PackageRecord]) throws(FarmError) {
        for (architecture, packages) in Dictionary(grouping: records, by: \.architecture).sorted(by: { $0.key < $1.key }) {
            let bytes = try IndexWriter.bytes(of: PackageIndex(packages: packages), signer: options.signer)
            try RepositoryFolder(repository, architecture).write(IndexWriter.fileName, bytes)
        }
    }

    private func check() throws(FarmError) {
        if isStopped() { throw FarmError(.temporary, "stopped before the packages were made") }
    }

    private func inPackage<Value>(_ body: PackageBody, _ work: () throws(FarmError) -> Value) throws(PackageFailure) -> Value {
        do throws(FarmError) { return try work() } catch { throw PackageFailure(error, in: "\(body.name)-\(body.version)") }
    }

    private func inBuild<Value>(_ work: () throws(FarmError) -> Value) throws(PackageFailure) -> Value {
        do throws(FarmError) { return try work() } catch { throw PackageFailure(error, in: "the repository") }
    }
}
